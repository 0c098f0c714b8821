package io.pgherder.controller.cli;

import io.pgherder.controller.execution.Stop;
import io.pgherder.controller.execution.Stop.Wish;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

@DisabledIf(
        value = "interruptsAreIgnored",
        disabledReason = "this process was started with SIGINT ignored, as \"nohup ... &\" does")
class SignalInterruptsTest {
    private static final long SIGINT_BIT = 1 << 1;

    /** What a process ignores from its start, its children ignore too, and Java hears nothing of it. */
    static boolean interruptsAreIgnored() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .map(line -> Long.parseUnsignedLong(
                        line.substring("SigIgn:".length()).strip(), 16))
                .anyMatch(ignored -> (ignored & SIGINT_BIT) != 0);
    }

    /** A fourth would end this process. */
    @Test
    void threeAreHeardAndTheNextOneIsNotOursAnyMore() throws Exception {
        Stop stop = new Stop();
        BlockingQueue<Wish> heard = new LinkedBlockingQueue<>();
        stop.onAsk(() -> heard.add(stop.wish()));
        new SignalInterrupts().redirectTo(stop);

        List<String> signals = List.of("INT", "TERM", "INT");
        List<Wish> wishes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            sendToThisProcess(signals.get(i));
            Wish wish = heard.poll(10, TimeUnit.SECONDS);
            assertThat(wish).isNotNull();
            wishes.add(wish);
        }

        assertThat(wishes).containsExactly(Wish.START_NO_MORE, Wish.CANCEL, Wish.LEAVE);
    }

    /** In a process of its own, because it ends. */
    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void untilThenTheFirstOneEndsTheProcessWithItsLastWords(String signal, int exitCode) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Interrupted.class.getName(),
                        signal)
                .redirectErrorStream(true)
                .start();

        assertThat(process.inputReader().lines()).containsExactly("Nothing has been changed.");
        assertThat(process.waitFor()).isEqualTo(exitCode);
    }

    /** What that process does. */
    static final class Interrupted {
        private Interrupted() {}

        public static void main(String[] arguments) throws Exception {
            new SignalInterrupts().sayAtTheEnd(() -> System.err.println("Nothing has been changed."));
            sendToThisProcess(arguments[0]);
            new CountDownLatch(1).await();
        }
    }

    private static void sendToThisProcess(String name) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Object heard = signal.getConstructor(String.class).newInstance(name);
        signal.getMethod("raise", signal).invoke(null, heard);
    }
}
