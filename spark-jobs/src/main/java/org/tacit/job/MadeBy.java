package org.tacit.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the configuration that a result was made by has otherwise than another. */
final class MadeBy {
  private static final String NOT_SET = "not set";

  /** Keys that say where a result goes, not what it is. */
  private static final String OUTPUT = "output.";

  private static final int TOLD = 3;

  private MadeBy() {}

  /** The first keys that differ with their values there and here; empty where none does. */
  static String differences(JsonNode there, JsonNode here) {
    Map<String, String> before = new TreeMap<>();
    Map<String, String> now = new TreeMap<>();
    flatten("", there, before);
    flatten("", here, now);
    TreeSet<String> keys = new TreeSet<>(before.keySet());
    keys.addAll(now.keySet());
    List<String> different =
        keys.stream()
            .filter(key -> !key.startsWith(OUTPUT))
            .filter(key -> !value(before, key).equals(value(now, key)))
            .map(key -> key + " " + value(before, key) + " there, " + value(now, key) + " here")
            .toList();
    String more = different.size() > TOLD ? "; and " + (different.size() - TOLD) + " more" : "";
    return different.stream().limit(TOLD).collect(Collectors.joining("; ")) + more;
  }

  private static String value(Map<String, String> values, String key) {
    return values.getOrDefault(key, NOT_SET);
  }

  private static void flatten(String path, JsonNode node, Map<String, String> values) {
    if (node.isObject()) {
      String prefix = path.isEmpty() ? "" : path + ".";
      node.properties()
          .forEach(field -> flatten(prefix + field.getKey(), field.getValue(), values));
    } else {
      values.put(path, node.toString());
    }
  }
}
