package io.pgherder.controller.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** Which pgherder this is, on which Java. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("(not packaged)");
        return new String[] {"pgherder " + version + ", Java " + Runtime.version()};
    }
}
