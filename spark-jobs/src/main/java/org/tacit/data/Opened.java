package org.tacit.data;

import java.util.List;

/**
 * A source whose columns are known; its rows are yet to be read.
 *
 * @param name what the source is called in messages and job descriptions
 * @param featureColumns the columns to take features from
 * @param featureNames the features' names; empty when only a survey tells how many there are
 */
record Opened(String name, List<String> featureColumns, List<String> featureNames, KeptRows rows) {
  Opened {
    featureColumns = List.copyOf(featureColumns);
    featureNames = List.copyOf(featureNames);
  }

  Surveyed survey() {
    return Surveyed.of(this, rows.survey());
  }
}
