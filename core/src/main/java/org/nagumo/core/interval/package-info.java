/**
 * Interval arithmetic: {@link org.nagumo.core.interval.Interval} rounds outwards, and a
 * {@link org.nagumo.core.interval.Jet} carries the derivatives along. What is computed with them is proven, not
 * estimated.
 */
package org.nagumo.core.interval;
