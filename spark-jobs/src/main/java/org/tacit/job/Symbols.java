package org.tacit.job;

import java.util.List;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tacit.model.Model;

/** The x[i] and theta[k] of messages by the names that the user gave them. */
record Symbols(Model.Layout layout, List<String> thetas) {
  private static final Pattern UNKNOWN = Pattern.compile("\\bx\\[(\\d+)\\]");
  private static final Pattern PENALTY = Pattern.compile("\\btheta\\[(\\d+)\\]");

  Symbols {
    thetas = List.copyOf(thetas);
  }

  static Symbols of(Workspace workspace) {
    return new Symbols(workspace.model().layout(), workspace.thetaNames());
  }

  /** The message with these names in it. */
  String named(String message) {
    return replaced(
        PENALTY, replaced(UNKNOWN, message, this::unknown), k -> "theta of " + thetas.get(k));
  }

  /** Of several folds one after another, that of one of them. */
  private String unknown(int i) {
    return layout.described(i % layout.size()) + (i < layout.size() ? "" : " in a fold");
  }

  private static String replaced(Pattern symbol, String message, IntFunction<String> name) {
    return symbol
        .matcher(message)
        .replaceAll(
            found -> Matcher.quoteReplacement(name.apply(Integer.parseInt(found.group(1)))));
  }
}
