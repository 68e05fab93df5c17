package org.nagumo.datagen.stimulus;

import java.util.List;
import java.util.SplittableRandom;

/** A number of a protocol: fixed, or drawn. */
public sealed interface Distribution {

    double draw(SplittableRandom random);

    /** Always the same value. */
    record Fixed(double value) implements Distribution {
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
        public double draw(SplittableRandom random) {
            return values.get(random.nextInt(values.size()));
        }
    }

    /** Uniform between two bounds. */
    record Uniform(double low, double high) implements Distribution {
        public Uniform {
            if (!(low <= high)) {
                throw new IllegalArgumentException("uniform is [" + low + ", " + high + "]; allowed: low <= high");
            }
        }

        @Override
        public double draw(SplittableRandom random) {
            return low + (high - low) * random.nextDouble();
        }
    }

    /** Uniform in the logarithm. */
    record LogUniform(double low, double high) implements Distribution {
        public LogUniform {
            if (!(low > 0 && low <= high)) {
                throw new IllegalArgumentException("log-uniform is [" + low + ", " + high
                        + "]; allowed: 0 < low <= high");
            }
        }

        @Override
        public double draw(SplittableRandom random) {
            return low * StrictMath.exp(StrictMath.log(high / low) * random.nextDouble());
        }
    }

    /** Normal with a mean and a standard deviation. */
    record Normal(double mean, double sd) implements Distribution {
        public Normal {
            if (!(sd >= 0)) {
                throw new IllegalArgumentException("normal is [" + mean + ", " + sd + "]; allowed: [mean, sd >= 0]");
            }
        }

        @Override
        public double draw(SplittableRandom random) {
            return mean + sd * RandomStreams.gaussian(random);
        }
    }
}
