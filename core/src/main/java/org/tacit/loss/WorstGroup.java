package org.tacit.loss;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;

/** {@link OuterLoss#worstGroup}. */
record WorstGroup(Loss loss, Groups by, double temperature) implements OuterLoss {
  @Override
  public String name() {
    return "worst-group " + loss.name();
  }

  @Override
  public String title() {
    return "smoothed worst-group " + loss.name() + " loss";
  }

  @Override
  public Labels labels() {
    return loss.labels();
  }

  @Override
  public Var over(Rows rows, Predicted predicted) {
    return means(rows, predicted).divide(temperature).logSumExp().times(temperature);
  }

  /** 1 x groups. */
  private Var means(Rows rows, Predicted predicted) {
    return by.sums(rows, predicted.losses(loss)).divide(totals(rows)).transpose();
  }

  /** Groups x 1. */
  private Var totals(Rows rows) {
    return by.sums(rows, Var.constant(1).broadcastTo(rows.label().shape()));
  }

  @Override
  public Map<String, Var> needed(Rows rows) {
    Map<String, Var> needed = new LinkedHashMap<>();
    Var totals = totals(rows);
    for (int g = 0; g < by.count(); g++) {
      needed.put(by.column() + " " + g, totals.at(g));
    }
    return needed;
  }

  @Override
  public Optional<Groups> groups() {
    return Optional.of(by);
  }

  @Override
  public Map<String, Var> beside(Rows rows, Predicted predicted) {
    return Map.of("worst-group", means(rows, predicted).maxCols());
  }
}
