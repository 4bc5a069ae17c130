package org.tacit.job;

import java.util.List;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The x[i] and theta[k] of messages by the names that the user gave them: x is W feature by
 * feature, then the intercepts.
 */
record Symbols(List<String> features, int outputs, List<String> thetas) {
  private static final Pattern UNKNOWN = Pattern.compile("\\bx\\[(\\d+)\\]");
  private static final Pattern PENALTY = Pattern.compile("\\btheta\\[(\\d+)\\]");

  Symbols {
    features = List.copyOf(features);
    thetas = List.copyOf(thetas);
  }

  static Symbols of(Workspace workspace) {
    return new Symbols(
        workspace.data().featureNames(), workspace.model().outputs(), workspace.thetaNames());
  }

  /** The message with these names in it. */
  String named(String message) {
    return replaced(
        PENALTY, replaced(UNKNOWN, message, this::unknown), k -> "theta of " + thetas.get(k));
  }

  private String unknown(int i) {
    int feature = i / outputs;
    String ofClass = outputs > 1 ? " for class " + i % outputs : "";
    return feature < features.size()
        ? "the coefficient of " + features.get(feature) + ofClass
        : "the intercept" + ofClass;
  }

  private static String replaced(Pattern symbol, String message, IntFunction<String> name) {
    return symbol
        .matcher(message)
        .replaceAll(
            found -> Matcher.quoteReplacement(name.apply(Integer.parseInt(found.group(1)))));
  }
}
