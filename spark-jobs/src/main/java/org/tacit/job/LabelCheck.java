package org.tacit.job;

import java.util.ArrayList;
import java.util.List;
import org.tacit.config.ConfigException;
import org.tacit.data.LabelSet;
import org.tacit.data.Part;
import org.tacit.data.Parts;
import org.tacit.loss.Labels;

/**
 * What the labels alone say of a problem. Where training has rows of one class only, an intercept
 * lowers the loss for ever, so that there is no minimiser; so it does where counts are all zero.
 * Without an intercept penalties hold the solution, and the loss of such a part is worth a warning.
 */
record LabelCheck(Settings settings, Parts data) {
  /** Throws where the intercept alone, or nothing at all, fits every training row. */
  void requireTunable() {
    data.labelsOf(Part.TRAIN)
        .filter(this::isFittedByConstant)
        .ifPresent(
            labels -> {
              throw new ConfigException(
                  settings.places().of("data.label")
                      + constant(Part.TRAIN, labels)
                      + ": every penalty gives the same fit, so that nothing can be tuned (give"
                      + " training rows whose labels differ, or name another column as data.label)");
            });
  }

  private boolean isFittedByConstant(LabelSet labels) {
    return labels.isOne()
        && settings.data().columns().offset().isEmpty()
        && switch (settings.labels()) {
          case REAL -> settings.model().hasIntercept() || labels.least() == 0;
          case NON_NEGATIVE, POSITIVE -> settings.model().hasIntercept() || labels.least() == 1;
          case BINARY, CLASSES -> false;
        };
  }

  private String constant(Part part, LabelSet labels) {
    return "Constant labels in the %s rows: all are %s in column %s"
        .formatted(part, labels.least(), column());
  }

  /** Throws where there is no minimiser. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    for (Part part : Part.values()) {
      data.labelsOf(part)
          .map(labels -> objection(part, labels))
          .filter(objection -> !objection.isEmpty())
          .ifPresent(objection -> warnings.add(judged(part, objection)));
    }
    data.labelsOf(Part.TRAIN)
        .filter(this::isFittedByConstant)
        .map(labels -> constant(Part.TRAIN, labels) + ": every penalty gives the same fit")
        .ifPresent(warnings::add);
    return warnings;
  }

  private String judged(Part part, String objection) {
    if (part != Part.TRAIN) {
      return objection + ": its loss says nothing of the others";
    }
    if (settings.model().hasIntercept()) {
      throw new ConfigException(
          String.format(
              "%s%s: beside an intercept there is no minimiser, or none that is unique (give"
                  + " training rows of every class, or set model.intercept = false)",
              settings.places().of("data.label"), objection));
    }
    return objection + ": the model can only learn to predict what there is";
  }

  private String objection(Part part, LabelSet labels) {
    Labels kind = settings.labels();
    if (kind == Labels.CLASSES && labels.classes() < data.classes()) {
      return labels.classes() == 1
          ? one(part, labels)
          : "No row of class %s in the %s rows (column %s has %s of the %s classes there)"
              .formatted(labels.firstMissing(), part, column(), labels.classes(), data.classes());
    }
    boolean isOneSign = kind == Labels.BINARY && labels.isOne();
    boolean isAllZero = kind == Labels.NON_NEGATIVE && labels.largest() == 0;
    return isOneSign || isAllZero ? one(part, labels) : "";
  }

  private String one(Part part, LabelSet labels) {
    return "One class of labels in the %s rows: all are %s in column %s"
        .formatted(part, (long) labels.least(), column());
  }

  private String column() {
    return settings.data().columns().label();
  }
}
