package io.pgherder.agent;

import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class CompactLogTest {
    private final CompactLog log = new CompactLog(false);

    @Test
    void killedControllerTakesOneLine() {
        assertThat(log.format(streamError()))
                .endsWith(" WARN  Stream Error: Stream closed before write could take place" + System.lineSeparator())
                .hasLineCount(1);
    }

    @Test
    void whoeverAsksForEverythingGetsTheTracesOfLibrariesToo() {
        assertThat(new CompactLog(true).format(streamError()))
                .contains(" WARN  Stream Error" + System.lineSeparator())
                .contains("\tat " + CompactLogTest.class.getName());
    }

    @Test
    void defectOfTheAgentComesWithItsTrace() {
        LogRecord defect = new LogRecord(Level.SEVERE, "defect in CloneStandby");
        defect.setLoggerName("io.pgherder.agent.operation.OperationRunner");
        defect.setThrown(new IllegalStateException("no such thing"));

        assertThat(log.format(defect)).contains(" ERROR defect in CloneStandby").contains("\tat ");
    }

    private static LogRecord streamError() {
        LogRecord event = new LogRecord(Level.WARNING, "Stream Error");
        event.setLoggerName("io.grpc.netty.NettyServerHandler");
        event.setThrown(new IllegalStateException("Stream closed before write could take place"));
        return event;
    }
}
