package org.tacit.data;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tacit.pass.Table;

/**
 * The tables that were read. All have the same schema: features, label, and weight, offset, row key
 * and keys where there are any.
 *
 * @param tables the parts that there are, none empty
 * @param labels the labels and weights that each part's rows have
 * @param featureNames names of the columns of {@code features}
 * @param classes the number of classes; 0 when labels are no classes
 * @param names those that row keys are numbers of, in order; none where they are row numbers
 * @param rows rows read in all, dropped ones included
 * @param droppedRows bad rows left out of whichever part
 */
public record Parts(
    Map<Part, Table> tables,
    Map<Part, LabelSet> labels,
    List<String> featureNames,
    int classes,
    List<String> names,
    long rows,
    long droppedRows)
    implements AutoCloseable {
  public Parts {
    tables = Map.copyOf(tables);
    labels = Map.copyOf(labels);
    featureNames = List.copyOf(featureNames);
    names = List.copyOf(names);
  }

  public Table train() {
    return part(Part.TRAIN).orElseThrow();
  }

  public Optional<Table> part(Part part) {
    return Optional.ofNullable(tables.get(part));
  }

  /** By the names programs call them by: train, validation and, where there is one, test. */
  public Map<String, Table> byName() {
    Map<String, Table> byName = new LinkedHashMap<>();
    for (Part part : Part.values()) {
      part(part).ifPresent(table -> byName.put(part.toString(), table));
    }
    return byName;
  }

  /** The labels and weights of a part's rows. */
  public Optional<LabelSet> labelsOf(Part part) {
    return Optional.ofNullable(labels.get(part));
  }

  /** Where passes over these tables run. */
  public String engine() {
    return train().engine();
  }

  @Override
  public void close() {
    tables.values().forEach(Table::close);
  }
}
