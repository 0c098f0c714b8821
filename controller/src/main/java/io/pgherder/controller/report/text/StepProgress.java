package io.pgherder.controller.report.text;

import io.pgherder.controller.execution.Progress;
import io.pgherder.controller.plan.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One running step as a person follows it: "31.2 of 48.0 GB, 65%, 70 MB/s, 7m 41s, about 4m left". */
final class StepProgress {
    private final Step step;
    private final Instant since;
    private final RateMeter rate = new RateMeter();
    private Progress latest = new Progress("", 0, 0);

    StepProgress(Step step, Instant since) {
        this.step = step;
        this.since = since;
    }

    Step step() {
        return step;
    }

    void advance(Instant at, Progress progress) {
        latest = progress;
        if (progress.doneBytes() > 0) {
            rate.add(at, progress.doneBytes());
        }
    }

    String words(Instant now) {
        List<String> words = new ArrayList<>();
        long done = latest.doneBytes();
        long total = Math.max(latest.totalBytes(), done);
        if (done > 0 && latest.totalBytes() > 0) {
            words.add(ByteCount.words(done) + " of " + ByteCount.words(total));
            words.add(done * 100 / total + "%");
        } else if (done > 0) {
            words.add(ByteCount.words(done));
        }
        if (!latest.phase().isEmpty() && (done == 0 || !latest.phase().equals("copying"))) {
            words.add(0, ProblemText.visible(latest.phase()));
        }
        if (done > 0 && done < total) {
            rate.bytesPerSecond().ifPresent(speed -> words.add(ByteCount.words(speed.longValue()) + "/s"));
        }
        words.add(TimeSpan.words(Duration.between(since, now)));
        if (latest.totalBytes() > 0 && done < total) {
            rate.timeFor(total - done)
                    .filter(left -> left.toSeconds() >= 1)
                    .ifPresent(left -> words.add("about " + estimate(left) + " left"));
        }
        return String.join(", ", words);
    }

    /** Seconds of an estimate of minutes would only flicker. */
    private static String estimate(Duration left) {
        long seconds = left.toSeconds();
        if (seconds < 60) {
            return seconds + "s";
        }
        long minutes = (seconds + 30) / 60;
        return minutes < 60 ? minutes + "m" : minutes / 60 + "h " + minutes % 60 + "m";
    }
}
