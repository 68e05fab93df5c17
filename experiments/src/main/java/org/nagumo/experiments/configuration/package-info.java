/**
 * Records that a person writes as YAML files. What a field means stands where it is declared, as
 * {@link org.nagumo.experiments.configuration.Described}; {@link org.nagumo.experiments.configuration.RecordReader}
 * reads such a record and tells all mistakes at once, {@link org.nagumo.experiments.configuration.RecordText} writes it
 * and prints what its fields mean.
 */
package org.nagumo.experiments.configuration;
