package org.nagumo.datagen.recording.format;

import java.nio.charset.StandardCharsets;

/**
 * Reads decimal numbers from bytes, correctly rounded. A comma is a decimal point; quotes and blanks around a number
 * are ignored. After a call the fields say how the number was written.
 */
final class CsvNumber {

    /** Integers up to here are exact as doubles, as are the powers of ten below. */
    private static final long MOST_EXACT = 1L << 53;
    private static final double[] POWERS = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13,
        1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    private static final int MOST_DIGITS = 18;
    private static final int MOST_EXPONENT = 400;

    /** Decimals of the last number, its exponent counted. */
    private int decimals;

    /** Significant digits of the last number. */
    private int digits;

    int decimals() {
        return decimals;
    }

    int digits() {
        return digits;
    }

    /** The number in {@code bytes[from..to)}, or NaN where there is none. */
    double read(byte[] bytes, int from, int to) {
        int at = from;
        int end = to;
        while (at < end && isPadding(bytes[at])) {
            at++;
        }
        while (end > at && isPadding(bytes[end - 1])) {
            end--;
        }
        int start = at;
        boolean negative = at < end && bytes[at] == '-';
        if (at < end && (negative || bytes[at] == '+')) {
            at++;
        }
        long mantissa = 0;
        int read = 0;
        int point = -1;
        int significant = 0;
        for (; at < end; at++) {
            int c = bytes[at];
            int digit = c - '0';
            if (digit >= 0 && digit <= 9) {
                read++;
                if (mantissa != 0 || digit != 0) {
                    significant++;
                }
                if (significant <= MOST_DIGITS) {
                    mantissa = 10 * mantissa + digit;
                }
            } else if ((c == '.' || c == ',') && point < 0) {
                point = read;
            } else {
                break;
            }
        }
        if (read == 0) {
            return Double.NaN;
        }
        int exponent = 0;
        if (at < end) {
            exponent = exponent(bytes, at, end);
            if (exponent == Integer.MIN_VALUE) {
                return Double.NaN;
            }
        }
        decimals = (point < 0 ? 0 : read - point) - exponent;
        digits = significant;
        if (significant <= MOST_DIGITS && mantissa <= MOST_EXACT && Math.abs(decimals) < POWERS.length) {
            double value = decimals >= 0 ? mantissa / POWERS[decimals] : mantissa * POWERS[-decimals];
            return negative ? -value : value;
        }
        return Double.parseDouble(new String(bytes, start, end - start, StandardCharsets.ISO_8859_1).replace(',', '.'));
    }

    private static boolean isPadding(byte c) {
        return c == ' ' || c == '"' || c == '\'' || c == '\t';
    }

    /** The exponent, or the smallest integer where there is none. */
    private static int exponent(byte[] bytes, int from, int end) {
        if (bytes[from] != 'e' && bytes[from] != 'E' || from + 1 == end) {
            return Integer.MIN_VALUE;
        }
        int at = from + 1;
        boolean negative = bytes[at] == '-';
        if (negative || bytes[at] == '+') {
            at++;
        }
        if (at == end) {
            return Integer.MIN_VALUE;
        }
        int value = 0;
        for (; at < end; at++) {
            int digit = bytes[at] - '0';
            if (digit < 0 || digit > 9) {
                return Integer.MIN_VALUE;
            }
            value = Math.min(MOST_EXPONENT, 10 * value + digit);
        }
        return negative ? -value : value;
    }
}
