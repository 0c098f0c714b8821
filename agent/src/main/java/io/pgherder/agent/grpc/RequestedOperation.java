package io.pgherder.agent.grpc;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.pgherder.agent.operation.NodeConfiguration;
import io.pgherder.agent.operation.Operation;
import io.pgherder.agent.operation.OperationContext;
import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.proto.v1.Action;
import io.pgherder.proto.v1.Configuration;
import io.pgherder.proto.v1.Credentials;
import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * An operation together with the very words that asked for it, so that whoever looks at a running one can tell whether it is what they
 * would ask for themselves.
 */
record RequestedOperation(Action action, Operation operation) implements Operation {
    RequestedOperation {
        requireNonNull(action, "action is null");
        requireNonNull(operation, "operation is null");
    }

    @Override
    public InstancePlace place() {
        return operation.place();
    }

    @Override
    public String run(OperationContext context) {
        return operation.run(context);
    }

    @Override
    public String verb() {
        return operation.verb();
    }

    Action actionWithoutSecrets() {
        return (Action) withoutSecrets(action);
    }

    /** Wherever credentials or settings stand in a message, now or in a verb to come, their passwords are left out. */
    private static Message withoutSecrets(Message message) {
        if (message instanceof Credentials credentials) {
            return credentials.toBuilder().clearPassword().build();
        }
        if (message instanceof Configuration.Setting setting) {
            return setting.toBuilder()
                    .setValue(NodeConfiguration.withoutPassword(setting.getName(), setting.getValue()))
                    .build();
        }
        Message.Builder copy = message.toBuilder();
        message.getAllFields().forEach((field, value) -> {
            if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                copy.setField(
                        field,
                        value instanceof List<?> all
                                ? all.stream()
                                        .map(each -> withoutSecrets((Message) each))
                                        .toList()
                                : withoutSecrets((Message) value));
            }
        });
        return copy.build();
    }

    /** Without the action: its passwords must not slip into a log. */
    @Override
    public String toString() {
        return verb() + " on " + place().node();
    }
}
