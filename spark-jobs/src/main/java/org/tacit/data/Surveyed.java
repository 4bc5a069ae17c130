package org.tacit.data;

import java.util.List;

/**
 * A source with what its survey found.
 *
 * @param partitions the rows of each, by their fingerprints
 */
record Surveyed(Opened source, List<Fingerprint> partitions, Survey survey) {
  Surveyed {
    partitions = List.copyOf(partitions);
  }

  static Surveyed of(Opened source, List<Survey> partitions) {
    return new Surveyed(
        source,
        partitions.stream().map(Survey::fingerprint).toList(),
        Survey.of(partitions.iterator()));
  }

  /** The number of the first row of each partition. */
  long[] firstRows() {
    long[] first = new long[partitions.size()];
    for (int p = 1; p < first.length; p++) {
      first[p] = first[p - 1] + partitions.get(p - 1).rows();
    }
    return first;
  }

  /** The number of features: as the source says, else the largest index seen plus one. */
  int width() {
    int named = source.featureNames().size();
    return named == 0 ? survey.width() : named;
  }
}
