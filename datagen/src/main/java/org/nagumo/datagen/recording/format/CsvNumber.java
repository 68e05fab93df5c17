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

    /** What these characters are as digits. */
    private static final int POINT = '.' - '0';
    private static final int COMMA = ',' - '0';

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
        int first = at;
        int point = -1;
        long mantissa = 0;
        for (; at < end; at++) {
            int digit = bytes[at] - '0';
            if (digit >= 0 && digit <= 9) {
                // Wraps around for too many digits, which are read by another way below.
                mantissa = 10 * mantissa + digit;
            } else if ((digit == POINT || digit == COMMA) && point < 0) {
                point = at;
            } else {
                break;
            }
        }
        int read = at - first - (point < 0 ? 0 : 1);
        if (read == 0) {
            return Double.NaN;
        }
        int exponent = at == end ? 0 : exponent(bytes, at, end);
        if (exponent == Integer.MIN_VALUE) {
            return Double.NaN;
        }
        decimals = (point < 0 ? 0 : at - point - 1) - exponent;
        digits = read - zeros(bytes, first, at);
        if (digits <= MOST_DIGITS && mantissa <= MOST_EXACT && Math.abs(decimals) < POWERS.length) {
            double value = decimals >= 0 ? mantissa / POWERS[decimals] : mantissa * POWERS[-decimals];
            return negative ? -value : value;
        }
        return Double.parseDouble(new String(bytes, start, end - start, StandardCharsets.ISO_8859_1).replace(',', '.'));
    }

    /** Zeros before the first other digit. */
    private static int zeros(byte[] bytes, int from, int to) {
        int zeros = 0;
        for (int at = from; at < to && (bytes[at] == '0' || bytes[at] == '.' || bytes[at] == ','); at++) {
            zeros += bytes[at] == '0' ? 1 : 0;
        }
        return zeros;
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
