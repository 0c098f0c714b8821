package io.pgherder.agent.system;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * The text of a file that is UTF-8 as a rule, and whose every byte comes back when it is written again. PostgreSQL takes its configuration
 * files in any encoding: a byte that is no UTF-8 stands in the text as a lone surrogate, U+DC80 to U+DCFF, which no UTF-8 can mean.
 */
public final class FileText {
    private static final char FIRST = 0xDC00;
    private static final int MOST_BYTES_OF_A_CHAR = 3;

    private FileText() {}

    static String decode(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        while (result.isError()) {
            for (int i = 0; i < result.length(); i++) {
                out.put(ofByte(in.get()));
            }
            result = decoder.decode(in, out, true);
        }
        return out.flip().toString();
    }

    /** How a byte stands in the text that is no UTF-8, or of which that is not known yet. */
    public static char ofByte(int value) {
        return (char) (FIRST + (value & 0xFF));
    }

    /** The same text, in which bytes that stand there one by one and are UTF-8 together are read as such. */
    public static String joined(String text) {
        return decode(encode(text));
    }

    static byte[] encode(String text) {
        CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
        CharBuffer in = CharBuffer.wrap(text);
        ByteBuffer out = ByteBuffer.allocate(text.length() * MOST_BYTES_OF_A_CHAR);
        CoderResult result = encoder.encode(in, out, true);
        while (result.isError()) {
            out.put((byte) (in.get() - FIRST));
            result = encoder.encode(in, out, true);
        }
        byte[] bytes = new byte[out.flip().remaining()];
        out.get(bytes);
        return bytes;
    }
}
