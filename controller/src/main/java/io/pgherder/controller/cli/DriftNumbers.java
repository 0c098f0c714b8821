package io.pgherder.controller.cli;

import io.pgherder.controller.problem.ProblemsException;
import io.pgherder.controller.report.DriftRun;
import io.pgherder.controller.report.metrics.DriftMetrics;
import java.util.Optional;
import java.util.function.Consumer;

import static java.util.Objects.requireNonNull;

/** The metrics of a watch, served while it runs; to nobody if no address is given. */
final class DriftNumbers implements Consumer<DriftRun>, AutoCloseable {
    private final Optional<MetricsServer> server;
    private DriftMetrics metrics = DriftMetrics.NONE_YET;

    private DriftNumbers(Optional<MetricsServer> server) {
        this.server = requireNonNull(server, "server is null");
    }

    /** @throws ProblemsException if nobody can listen there */
    static DriftNumbers servedAt(Optional<ListenAddress> address) {
        return new DriftNumbers(address.map(
                where -> MetricsServer.open(where, DriftMetrics.CONTENT_TYPE, DriftMetrics.NONE_YET.render())));
    }

    @Override
    public void accept(DriftRun run) {
        server.ifPresent(listening -> {
            metrics = metrics.then(run);
            listening.show(metrics.render());
        });
    }

    @Override
    public void close() {
        server.ifPresent(MetricsServer::close);
    }
}
