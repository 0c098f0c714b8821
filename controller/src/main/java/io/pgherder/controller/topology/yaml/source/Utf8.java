package io.pgherder.controller.topology.yaml.source;

import io.pgherder.controller.problem.Place;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.ProblemsException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;

import static io.pgherder.controller.topology.TopologyProblem.NOT_UTF8;
import static java.nio.charset.StandardCharsets.UTF_8;

/** Strict decoding: the first byte that is not UTF-8 is reported, with its place, instead of being replaced. */
final class Utf8 {
    private Utf8() {}

    static String decode(byte[] bytes, String shown) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        boolean malformed = UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(in, out, true)
                .isError();
        String text = out.flip().toString();
        if (malformed) {
            throw new ProblemsException(notUtf8(text, bytes[in.position()] & 0xFF, in.position(), shown));
        }
        return text;
    }

    private static Problem notUtf8(String before, int badByte, int offset, String shown) {
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        String sameLine = before.substring(before.lastIndexOf('\n') + 1);
        int column = sameLine.codePointCount(0, sameLine.length()) + 1;
        boolean utf16 = offset == 0 && (badByte == 0xFE || badByte == 0xFF);
        return Problem.of(NOT_UTF8, shown + " is not UTF-8 text")
                .at(new Place(shown, line, column))
                .detail("byte 0x%02X at offset %,d".formatted(badByte, offset))
                .hint(
                        utf16
                                ? "the file looks like UTF-16; save it as UTF-8"
                                : "was the file saved as Latin-1? Try: iconv -f LATIN1 -t UTF-8 " + shown);
    }
}
