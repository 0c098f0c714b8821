package io.pgherder.controller.report.text;

/**
 * A line of a file with a caret below one of its columns. A long line is cut on both sides to what surrounds the column.
 *
 * @param text the line or what is left of it
 * @param caret blanks and a caret, to be printed below it
 */
record CaretLine(String text, String caret) {
    private static final int WIDEST = 110;
    private static final int BEFORE = 70;
    private static final String CUT = "...";

    /** @param column counts code points, from 1; past the end of the line is fine */
    static CaretLine of(String line, int column) {
        int[] points = line.replace('\t', ' ').codePoints().toArray();
        int at = column - 1;
        int from = points.length <= WIDEST ? 0 : Math.max(0, Math.min(at, points.length) - BEFORE);
        int to = Math.min(points.length, from + WIDEST);
        String head = from > 0 ? CUT : "";
        String tail = to < points.length ? CUT : "";
        String shown = head + new String(points, from, to - from) + tail;
        return new CaretLine(shown, " ".repeat(head.length() + Math.max(0, at - from)) + "^");
    }
}
