package org.nagumo.datagen.ode;

import java.util.Arrays;

/** One statement line: continued lines are joined, and each character knows where it is in the file. */
final class SourceLine {

    private final StringBuilder text = new StringBuilder();
    private Place[] places = new Place[16];

    void append(char character, Place place) {
        if (text.length() == places.length) {
            places = Arrays.copyOf(places, 2 * places.length);
        }
        places[text.length()] = place;
        text.append(character);
    }

    void append(String characters, Place place) {
        for (int i = 0; i < characters.length(); i++) {
            append(characters.charAt(i), place);
        }
    }

    int length() {
        return text.length();
    }

    boolean isBlank() {
        return firstNonBlank() == length();
    }

    char at(int index) {
        return text.charAt(index);
    }

    /** The place of a character; for an index behind the end the place after the last one. */
    Place place(int index) {
        if (index < text.length()) {
            return places[index];
        }
        Place last = text.length() == 0 ? Place.START : places[text.length() - 1];
        return new Place(last.line(), last.column() + 1);
    }

    String from(int index) {
        return text.substring(index);
    }

    String between(int from, int to) {
        return text.substring(from, to);
    }

    int indexOf(String part, int from) {
        return text.indexOf(part, from);
    }

    boolean startsWith(String part, int from) {
        return from + part.length() <= text.length() && text.substring(from, from + part.length()).equals(part);
    }

    int firstNonBlank() {
        int i = 0;
        while (i < text.length() && Character.isWhitespace(text.charAt(i))) {
            i++;
        }
        return i;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
