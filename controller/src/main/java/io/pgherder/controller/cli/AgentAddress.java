package io.pgherder.controller.cli;

import io.pgherder.controller.topology.HostSpec;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Where an agent listens, as it is typed: {@code db1}, {@code 10.0.1.11:7432}, {@code [::1]:7432}. */
record AgentAddress(HostSpec host) {
    private static final Pattern TYPED =
            Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([A-Za-z0-9][A-Za-z0-9._-]*))(?::(\\d{1,5}))?");
    private static final int LAST_PORT = 65_535;

    /** From the command line. */
    static final class Converter implements ITypeConverter<AgentAddress> {
        @Override
        public AgentAddress convert(String text) {
            Matcher typed = TYPED.matcher(text);
            if (!typed.matches()) {
                throw new TypeConversionException("'" + text
                        + "' is not where an agent listens; write it like db1:7432, 10.0.1.11:7432 or [::1]:7432");
            }
            int port = typed.group(3) == null ? HostSpec.DEFAULT_AGENT_PORT : Integer.parseInt(typed.group(3));
            if (port < 1 || port > LAST_PORT) {
                throw new TypeConversionException("'" + text + "': a port is a number from 1 to " + LAST_PORT);
            }
            String host = typed.group(1) == null ? typed.group(2) : typed.group(1);
            return new AgentAddress(new HostSpec(text, host, host, port, false));
        }
    }
}
