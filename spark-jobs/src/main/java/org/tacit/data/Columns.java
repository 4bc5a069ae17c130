package org.tacit.data;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.tacit.loss.Labels;
import org.tacit.matrix.Storage;

/**
 * Which columns of the data become which columns of a table.
 *
 * @param features columns side by side in {@code features}; empty for all that have no other part
 * @param excluded columns that are none of these, where {@code features} is empty
 * @param label the column of labels; LibSVM files have theirs at the start of a line
 * @param labelKind what labels are
 * @param classes the number of classes K; 0 for the largest label plus one
 * @param weight the column of row weights, numbers >= 0
 * @param offset the column of what is added to a model's predictions
 * @param keys columns of integers >= 0, kept under their own names
 * @param rowKey what tells rows apart, where that is asked for
 * @param width the number of features of a LibSVM file; 0 for the largest index in it
 * @param storage {@link Storage#DENSE} or {@link Storage#FLOAT}; sparse vectors of which fewer than
 *     three elements in ten are not zero are kept as {@link Storage#CSR} whatever it says
 * @param scale what every feature is multiplied with
 */
public record Columns(
    List<String> features,
    List<String> excluded,
    String label,
    Labels labelKind,
    int classes,
    Optional<String> weight,
    Optional<String> offset,
    List<String> keys,
    Optional<RowKey> rowKey,
    int width,
    Storage storage,
    double scale) {
  public Columns {
    features = List.copyOf(features);
    excluded = List.copyOf(excluded);
    keys = List.copyOf(keys);
    if (!Double.isFinite(scale) || scale == 0) {
      throw new DataException(
          "data.scale", "Invalid data.scale: " + scale + " (must be finite and not 0)");
    }
    if (storage != Storage.DENSE && storage != Storage.FLOAT) {
      throw new DataException(
          "data.storage", "Invalid data.storage: " + storage + " (must be DENSE or FLOAT)");
    }
    Map<String, List<String>> roles = new LinkedHashMap<>();
    roles.put("data.label", List.of(label));
    roles.put("data.weight", weight.stream().toList());
    roles.put("data.offset", offset.stream().toList());
    roles.put("data.keys", keys);
    roles.put("folds.column", rowKey.flatMap(RowKey::column).stream().toList());
    roles.put("data.features", features);
    roles.put("data.exclude", excluded);
    ColumnRoles.requireOneEach(roles);
  }

  /** A label column; all other columns are features. */
  public static Columns labelled(String label, Labels kind) {
    return new Columns(
        List.of(),
        List.of(),
        label,
        kind,
        0,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        0,
        Storage.DENSE,
        1);
  }

  /** The column of the names that row keys are numbers of. */
  Optional<String> names() {
    return rowKey.flatMap(RowKey::column);
  }

  /** The columns that are no features, in the order in which rows have them. */
  public List<String> marks() {
    return Stream.of(
            Stream.of(label), weight.stream(), offset.stream(), keys.stream(), names().stream())
        .flatMap(each -> each)
        .toList();
  }

  public Columns withFeatures(List<String> chosen) {
    return new Columns(
        chosen, excluded, label, labelKind, classes, weight, offset, keys, rowKey, width, storage,
        scale);
  }

  /** All other columns but these are features. */
  public Columns withExcluded(List<String> others) {
    return new Columns(
        features, others, label, labelKind, classes, weight, offset, keys, rowKey, width, storage,
        scale);
  }

  public Columns withClasses(int count) {
    return new Columns(
        features, excluded, label, labelKind, count, weight, offset, keys, rowKey, width, storage,
        scale);
  }

  public Columns withWeight(String column) {
    Optional<String> one = Optional.of(column);
    return new Columns(
        features, excluded, label, labelKind, classes, one, offset, keys, rowKey, width, storage,
        scale);
  }

  public Columns withOffset(String column) {
    Optional<String> one = Optional.of(column);
    return new Columns(
        features, excluded, label, labelKind, classes, weight, one, keys, rowKey, width, storage,
        scale);
  }

  public Columns withKeys(List<String> kept) {
    return new Columns(
        features, excluded, label, labelKind, classes, weight, offset, kept, rowKey, width, storage,
        scale);
  }

  public Columns withWidth(int wide) {
    return new Columns(
        features, excluded, label, labelKind, classes, weight, offset, keys, rowKey, wide, storage,
        scale);
  }

  public Columns withStorage(Storage kind) {
    return new Columns(
        features, excluded, label, labelKind, classes, weight, offset, keys, rowKey, width, kind,
        scale);
  }

  public Columns withScale(double by) {
    return new Columns(
        features, excluded, label, labelKind, classes, weight, offset, keys, rowKey, width, storage,
        by);
  }

  /** The same of rows that may have no name where they only test. */
  Columns withNamesWhereFitted() {
    return names().isPresent() ? withRowKey(rowKey.orElseThrow().whereFitted()) : this;
  }

  /** Whether rows may lack names. */
  boolean mayLackNames() {
    return rowKey.filter(key -> key.presence() == RowKey.Presence.WHERE_FITTED).isPresent();
  }

  public Columns withRowKey(RowKey chosen) {
    Optional<RowKey> one = Optional.of(chosen);
    return new Columns(
        features, excluded, label, labelKind, classes, weight, offset, keys, one, width, storage,
        scale);
  }
}
