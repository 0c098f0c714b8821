package io.pgherder.agent.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import io.pgherder.proto.v1.OperationEvent;
import io.pgherder.proto.v1.OperationState;
import org.jspecify.annotations.Nullable;

/**
 * One reader of an operation's events. Every event tells the operation's whole state, so a reader that is slower than the operation is
 * given only the newest: progress may be skipped, the last event never, and the operation never waits for a reader.
 */
final class EventStream {
    private final ServerCallStreamObserver<OperationEvent> reader;
    private @Nullable OperationEvent newest;
    private boolean ended;

    private EventStream(ServerCallStreamObserver<OperationEvent> reader) {
        this.reader = reader;
    }

    /** To be opened before the service method returns: later gRPC takes no handlers. */
    static EventStream to(ServerCallStreamObserver<OperationEvent> reader) {
        EventStream stream = new EventStream(reader);
        reader.setOnReadyHandler(stream::flush);
        return stream;
    }

    /** When the reader hangs up or has had the last event. */
    void onEnd(Runnable end) {
        reader.setOnCancelHandler(() -> {
            markEnded();
            end.run();
        });
        reader.setOnCloseHandler(end);
    }

    synchronized void send(OperationEvent event) {
        if (!ended) {
            newest = event;
            flush();
        }
    }

    private synchronized void flush() {
        if (newest == null || ended) {
            return;
        }
        boolean last = newest.getState() != OperationState.OPERATION_STATE_RUNNING;
        if (last || reader.isReady()) {
            reader.onNext(newest);
            newest = null;
        }
        if (last) {
            ended = true;
            reader.onCompleted();
        }
    }

    private synchronized void markEnded() {
        ended = true;
        newest = null;
    }
}
