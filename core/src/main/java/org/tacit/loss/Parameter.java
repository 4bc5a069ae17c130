package org.tacit.loss;

/**
 * A number that a loss has, such as Huber's delta.
 *
 * @param link what it is made of where it is tuned
 */
public record Parameter(String name, double value, Link link) {}
