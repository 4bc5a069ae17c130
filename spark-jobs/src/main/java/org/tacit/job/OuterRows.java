package org.tacit.job;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.tacit.autodiff.Restriction;
import org.tacit.config.ConfigException;
import org.tacit.data.RowKey;
import org.tacit.loss.OuterLoss;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.model.Model;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;
import org.tacit.program.Node;
import org.tacit.program.Program;
import org.tacit.program.Shape;
import org.tacit.sweep.Folds;
import org.tacit.sweep.Reserve;

/** Whether rows have what is read of them: keys of groups, and some of each kind. */
record OuterRows(Workspace workspace) {
  private static final String FOLD = "fold of needed rows";

  /** Refuses keys of a part that are of no group; {@code key} is the setting that counts them. */
  void requireGroups(OuterLoss.Groups groups, String key, String part) {
    Schema schema = workspace.model().schema();
    if (!schema.has(groups.column()) || schema.field(groups.column()).storage() != Storage.KEY) {
      throw wrong(key, key, groups.column() + " is no column of keys (must be one of data.keys)");
    }
    Var without = groups.without(new Rows(part, schema));
    double rows = workspace.value("reading", without, Map.of()).value();
    if (rows > 0) {
      String count = key + ".count";
      throw wrong(
          count,
          count,
          String.format(
              Locale.ROOT,
              "%d (must be greater than every %s; %,.0f %s rows have a larger one)",
              groups.count(),
              groups.column(),
              rows,
              part.equals(Model.TRAIN) ? "training" : part));
    }
  }

  private ConfigException wrong(String at, String key, String what) {
    return new ConfigException(
        "%sInvalid %s: %s".formatted(workspace.settings().places().of(at), key, what));
  }

  /** Refuses held-out rows that the outer loss has no value on. */
  void requireNeeded() {
    OuterLoss loss = workspace.settings().outer().loss();
    loss.groups()
        .ifPresent(
            groups ->
                workspace
                    .data()
                    .byName()
                    .keySet()
                    .forEach(part -> requireGroups(groups, "outer.worst-group", part)));
    if (workspace.isFolded()) {
      requireInFolds(loss, workspace.folds());
    } else {
      String part = Model.VALIDATION;
      Map<String, Var> needed = loss.needed(rows(part));
      require(needed, values(needed, List.of(Map.of())), List.of("the validation rows"));
    }
  }

  /** What a part has none of, of all that the outer loss needs. */
  List<String> missing(String part) {
    Map<String, Var> needed = workspace.settings().outer().loss().needed(rows(part));
    return missing(needed, values(needed, List.of(Map.of())).get(0));
  }

  private Rows rows(String part) {
    return new Rows(part, workspace.model().schema());
  }

  /** Refuses rows that stop tuning, and others, that the outer loss has no value on. */
  void requireReserved(Reserve reserve) {
    OuterLoss loss = workspace.settings().outer().loss();
    if (workspace.isFolded()) {
      requireInFolds(loss, workspace.folds().without(reserve));
      requireInFolds(loss, workspace.folds().within(reserve));
      return;
    }
    String part = Model.VALIDATION;
    Folds held = Folds.holdOut(RowKey.COLUMN, reserve.share(), reserve.seed());
    Var stopping = held.heldOut(rows(part), Var.constant(0));
    requireOf(part, loss, stopping, "the validation rows that stop tuning");
    requireOf(
        part, loss, Var.constant(1).minus(stopping), "the validation rows that do not stop tuning");
  }

  private void requireOf(String part, OuterLoss loss, Var mask, String place) {
    Restriction some = new Restriction(part, mask, source -> source);
    Map<String, Var> needed = new LinkedHashMap<>();
    loss.needed(rows(part)).forEach((kind, weight) -> needed.put(kind, some.apply(weight)));
    require(needed, values(needed, List.of(Map.of())), List.of(place));
  }

  private void requireInFolds(OuterLoss loss, Folds folds) {
    Rows rows = rows(Model.TRAIN);
    Var heldOut = folds.heldOut(rows, Var.input(FOLD, Shape.SCALAR));
    Map<String, Var> needed = new LinkedHashMap<>();
    Restriction part = new Restriction(Model.TRAIN, heldOut, source -> source);
    loss.needed(rows).forEach((kind, weight) -> needed.put(kind, part.apply(weight)));
    List<Map<String, Matrix>> each =
        IntStream.range(0, folds.count()).mapToObj(k -> Map.of(FOLD, Matrix.scalar(k))).toList();
    require(
        needed,
        values(needed, each),
        folds.names().stream().map(name -> "the rows that " + name + " holds out").toList());
  }

  private List<Map<String, Matrix>> values(
      Map<String, Var> needed, List<Map<String, Matrix>> instances) {
    if (needed.isEmpty()) {
      return instances;
    }
    Map<String, Node> outputs = new LinkedHashMap<>();
    needed.forEach((kind, weight) -> outputs.put(kind, weight.node()));
    return workspace.passes().in("reading").evaluate(Program.of(outputs), instances);
  }

  private void require(
      Map<String, Var> needed, List<Map<String, Matrix>> values, List<String> places) {
    for (int k = 0; k < places.size(); k++) {
      List<String> missing = missing(needed, values.get(k));
      if (!missing.isEmpty()) {
        String loss = workspace.settings().outer().loss().name();
        throw wrong(
            "outer.loss",
            "outer.loss",
            "%s with no row of %s among %s (must have some of each: give more rows, or %s)"
                .formatted(
                    loss,
                    missing.get(0),
                    places.get(k),
                    workspace.isFolded() ? "take fewer folds" : "another split"));
      }
    }
  }

  private static List<String> missing(Map<String, Var> needed, Map<String, Matrix> values) {
    return needed.keySet().stream().filter(kind -> !(values.get(kind).value() > 0)).toList();
  }
}
