package io.pgherder.controller.cli;

import io.pgherder.controller.pgvalue.SystemIdentifier;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A system identifier as pg_controldata prints it. */
final class SystemConverter implements ITypeConverter<SystemIdentifier> {
    @Override
    public SystemIdentifier convert(String text) {
        try {
            return SystemIdentifier.parse(text);
        } catch (NumberFormatException e) {
            throw new TypeConversionException(
                    "'" + text + "' is not a system identifier; pg_controldata prints it: 7421903344718816021");
        }
    }
}
