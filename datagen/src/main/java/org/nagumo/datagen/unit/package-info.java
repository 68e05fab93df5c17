/**
 * Units of measured quantities: their symbols as files write them, and exact conversion within one quantity. A current
 * in pA and a current density in uA/cm2 are different quantities; only a known membrane area relates them.
 */
package org.nagumo.datagen.unit;
