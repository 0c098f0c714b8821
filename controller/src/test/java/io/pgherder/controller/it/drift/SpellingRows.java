package io.pgherder.controller.it.drift;

import java.util.stream.Stream;

/** Settings are compared as values: how they are spelled, in the topology or in pgherder.conf, is no difference, and nothing to do. */
public final class SpellingRows {
    private SpellingRows() {}

    public static Stream<Batch> batches() {
        return Stream.of(Batch.of(
                "settings that are spelled otherwise",
                respelledInTheTopology("shared_buffers: 16MB", "shared_buffers: 16384kB"),
                respelledInTheTopology("maintenance_work_mem: 64MB", "maintenance_work_mem: 65536"),
                respelledInTheTopology("log_min_duration_statement: 5s", "log_min_duration_statement: 5000"),
                Row.byHand(
                        "work_mem = 4096kB in pgherder.conf",
                        hands -> {
                            hands.manage("n2", "work_mem", "4096kB");
                            hands.reload("n2");
                        },
                        hands -> {
                            hands.manage("n2", "work_mem", "4MB");
                            hands.reload("n2");
                        }),
                Row.byHand(
                        "the members of the synchronous group in another order in pgherder.conf",
                        hands -> hands.enforce("n1", "synchronous_standby_names", "ANY 1 (n3, n2)"),
                        hands -> hands.enforce("n1", "synchronous_standby_names", "ANY 1 (n2, n3)")),
                Row.byHand(
                        "shared_buffers = 2048 pages in pgherder.conf",
                        hands -> {
                            hands.manage("n3", "shared_buffers", "2048");
                            hands.reload("n3");
                        },
                        hands -> {
                            hands.manage("n3", "shared_buffers", "16MB");
                            hands.reload("n3");
                        })));
    }

    private static Row respelledInTheTopology(String before, String after) {
        return Row.byHand(
                after + " in the topology",
                hands -> hands.cluster().edit(text -> text.replace(before, after)),
                hands -> hands.cluster().edit(text -> text.replace(after, before)));
    }
}
