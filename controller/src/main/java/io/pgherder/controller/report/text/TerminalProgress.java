package io.pgherder.controller.report.text;

import io.pgherder.controller.execution.ExecutionEvent;
import io.pgherder.controller.plan.Plan;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Progress on a terminal: a block of lines redrawn in place, ended steps scrolling away above it. Line wrapping is off while the block
 * is drawn: a line that is too long is cut by the terminal itself, whatever its width, and the block keeps its height.
 */
final class TerminalProgress implements ProgressDisplay {
    private static final int MOST_LINES = 20;
    private static final String NO_WRAP = "\u001b[?7l";
    private static final String WRAP = "\u001b[?7h";

    private final PrintStream terminal;
    private final ProgressBoard board;
    private final Clock clock;
    private int drawn;

    TerminalProgress(PrintStream terminal, Plan plan, Ink ink, Clock clock) {
        this.terminal = terminal;
        this.board = new ProgressBoard(plan, ink);
        this.clock = clock;
    }

    @Override
    public synchronized void on(ExecutionEvent event) {
        draw(board.hear(event));
    }

    @Override
    public synchronized void say(String line) {
        draw(Optional.of(line));
    }

    @Override
    public synchronized void tick() {
        draw(Optional.empty());
    }

    /** Removes the block; what has scrolled away stays. */
    @Override
    public synchronized void close() {
        terminal.print(erased());
        terminal.flush();
        drawn = 0;
    }

    private void draw(Optional<String> ended) {
        List<String> live = board.live(clock.instant(), MOST_LINES);
        StringBuilder text = new StringBuilder(NO_WRAP).append(erased());
        ended.ifPresent(line -> text.append(line).append('\n'));
        live.forEach(line -> text.append(line).append('\n'));
        drawn = live.size();
        terminal.print(text.append(WRAP));
        terminal.flush();
    }

    /** Up to the block's first line, and everything below it cleared. */
    private String erased() {
        return drawn == 0 ? "" : "\u001b[" + drawn + "A\u001b[J";
    }
}
