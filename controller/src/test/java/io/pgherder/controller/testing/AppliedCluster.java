package io.pgherder.controller.testing;

import io.pgherder.controller.testing.PgherderCommand.Result;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A cluster that stands as its topology says before the first test of a class, and is gone after the last:
 * {@code @RegisterExtension static final AppliedCluster APPLIED = AppliedCluster.pair();}. Whoever asks for a {@link TestCluster} in the
 * constructor is given it.
 */
public final class AppliedCluster implements BeforeAllCallback, AfterAllCallback, ParameterResolver {
    private final Supplier<TestCluster> shape;
    private Optional<TestCluster> cluster = Optional.empty();

    private AppliedCluster(Supplier<TestCluster> shape) {
        this.shape = shape;
    }

    public static AppliedCluster pair() {
        return new AppliedCluster(TestCluster::pair);
    }

    public static AppliedCluster t5() {
        return new AppliedCluster(TestCluster::t5);
    }

    public static AppliedCluster of(Supplier<TestCluster> shape) {
        return new AppliedCluster(shape);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        TestCluster fresh = shape.get();
        cluster = Optional.of(fresh);
        Result applied = fresh.pgherder("apply", "--yes").run();
        if (applied.exitCode() != 0) {
            throw new AssertionError("could not build the cluster: " + applied);
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        cluster.ifPresent(TestCluster::close);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestCluster.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return cluster.orElseThrow();
    }
}
