package org.tacit.data;

/**
 * The labels and weights that the rows of a part have; rows of weight 0 do not count.
 *
 * @param least the least label
 * @param largest the largest label
 * @param classes how many classes have a row, where labels are classes
 * @param firstMissing the first class that has none
 * @param largestWeight the largest weight, 1 without a column of them
 */
public record LabelSet(
    double least, double largest, int classes, int firstMissing, double largestWeight) {

  /** Whether all rows have the same label. */
  public boolean isOne() {
    return least == largest;
  }
}
