package org.nagumo.datagen.recording.format;

import java.nio.ByteBuffer;

/** How a number is stored. */
enum SampleType {

    INT8(1) {
        @Override
        double at(ByteBuffer bytes, int index) {
            return bytes.get(index);
        }
    },
    UINT8(1) {
        @Override
        double at(ByteBuffer bytes, int index) {
            return bytes.get(index) & 0xFF;
        }
    },
    INT16(2) {
        @Override
        double at(ByteBuffer bytes, int index) {
            return bytes.getShort(index);
        }
    },
    UINT16(2) {
        @Override
        double at(ByteBuffer bytes, int index) {
            return bytes.getShort(index) & 0xFFFF;
        }
    },
    INT32(4) {
        @Override
        double at(ByteBuffer bytes, int index) {
            return bytes.getInt(index);
        }
    },
    UINT32(4) {
        @Override
        double at(ByteBuffer bytes, int index) {
            return bytes.getInt(index) & 0xFFFFFFFFL;
        }
    },
    FLOAT32(4) {
        @Override
        double at(ByteBuffer bytes, int index) {
            return bytes.getFloat(index);
        }
    },
    FLOAT64(8) {
        @Override
        double at(ByteBuffer bytes, int index) {
            return bytes.getDouble(index);
        }
    };

    private final int bytes;

    SampleType(int bytes) {
        this.bytes = bytes;
    }

    /** Size of a number in bytes. */
    int bytes() {
        return bytes;
    }

    /** The number whose first byte has this index, in the byte order of the buffer. */
    abstract double at(ByteBuffer bytes, int index);
}
