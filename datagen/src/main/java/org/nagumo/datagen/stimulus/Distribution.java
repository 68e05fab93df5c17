package org.nagumo.datagen.stimulus;

import java.util.List;
import java.util.SplittableRandom;

/** A number of a protocol: fixed, or drawn. */
public sealed interface Distribution {

    /** A normal number by the polar method is never larger: sqrt(-2 ln s) with s no smaller than 2^-104. */
    double LARGEST_NORMAL = 12.1;

    double draw(SplittableRandom random);

    /** The largest number, up or down, that may be drawn. */
    double largest();

    /** Always the same value. */
    record Fixed(double value) implements Distribution {
        @Override
        public double largest() {
            return Math.abs(value);
        }

        @Override
        public double draw(SplittableRandom random) {
            return value;
        }
    }

    /** One of several values, all equally likely. */
    record OneOf(List<Double> values) implements Distribution {
        public OneOf {
            values = List.copyOf(values);
            if (values.isEmpty()) {
                throw new IllegalArgumentException("the list is empty; allowed: at least one number");
            }
        }

        @Override
        public double largest() {
            return values.stream().mapToDouble(Math::abs).max().orElseThrow();
        }

        @Override
        public double draw(SplittableRandom random) {
            return values.get(random.nextInt(values.size()));
        }
    }

    /** Uniform between two bounds. */
    record Uniform(double low, double high) implements Distribution {
        public Uniform {
            if (!(low <= high) || Double.isInfinite(high - low)) {
                throw new IllegalArgumentException("uniform is [" + low + ", " + high + "]; allowed: low <= high, no"
                        + " further apart than a number can tell");
            }
        }

        @Override
        public double largest() {
            return Math.max(Math.abs(low), Math.abs(high));
        }

        @Override
        public double draw(SplittableRandom random) {
            return low + (high - low) * random.nextDouble();
        }
    }

    /** Uniform in the logarithm. */
    record LogUniform(double low, double high) implements Distribution {
        public LogUniform {
            if (!(low > 0 && low <= high) || Double.isInfinite(high / low)) {
                throw new IllegalArgumentException("log-uniform is [" + low + ", " + high
                        + "]; allowed: 0 < low <= high");
            }
        }

        @Override
        public double largest() {
            return high;
        }

        @Override
        public double draw(SplittableRandom random) {
            return low * StrictMath.exp(StrictMath.log(high / low) * random.nextDouble());
        }
    }

    /** Normal with a mean and a standard deviation. */
    record Normal(double mean, double sd) implements Distribution {
        public Normal {
            if (!(sd >= 0) || Double.isInfinite(Math.abs(mean) + LARGEST_NORMAL * sd)) {
                throw new IllegalArgumentException("normal is [" + mean + ", " + sd + "]; allowed: [mean, sd >= 0],"
                        + " both so small that no draw overflows");
            }
        }

        @Override
        public double largest() {
            return Math.abs(mean) + LARGEST_NORMAL * sd;
        }

        @Override
        public double draw(SplittableRandom random) {
            return mean + sd * RandomStreams.gaussian(random);
        }
    }
}
