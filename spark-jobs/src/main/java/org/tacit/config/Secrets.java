package org.tacit.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Keeps out of logs, results and messages what would open other doors: the values of keys that are
 * called secret, password, token, credential or access key, and the passwords and signatures in
 * addresses ({@code s3a://name:password@bucket}, {@code ?sig=...}).
 */
public final class Secrets {
  /** What stands in their place. */
  public static final String REDACTED = "(redacted)";

  private static final String WORDS =
      "secret|passw|passphrase|pwd|token|credential|signature"
          + "|(?:access|account|api|private|shared)[._-]?key";

  private static final Pattern KEY = Pattern.compile("(?i)" + WORDS);

  /** A name and a password, which is no port; up to the last @. */
  private static final Pattern IN_ADDRESS =
      Pattern.compile("(://)[^\\s:/@\"]*:(?!\\d+/)[^\\s\"]*@|((?i:https?)://)[^\\s/@\"]+@");

  private static final Pattern IN_TEXT =
      Pattern.compile(
          "(?i)((?:[\\w.-]*(?:%s)[\\w.-]*|(?<=[?&;])sig)\\s*=\\s*)[^\\s,;&\"]*[^\\s,;&:\"]"
              .formatted(WORDS));

  private Secrets() {}

  /** A text without them. */
  public static String redacted(String text) {
    String anonymous =
        IN_ADDRESS
            .matcher(text)
            .replaceAll(
                found -> (found.group(1) == null ? found.group(2) : "://") + REDACTED + "@");
    return IN_TEXT.matcher(anonymous).replaceAll("$1" + REDACTED);
  }

  /** A configuration without them, in its order. */
  public static Map<String, Object> redacted(Map<String, Object> configuration) {
    Map<String, Object> shown = new LinkedHashMap<>();
    configuration.forEach((key, value) -> shown.put(key, redacted(key, value)));
    return shown;
  }

  private static Object redacted(String key, Object value) {
    if (value instanceof Map<?, ?> section) {
      Map<String, Object> shown = new LinkedHashMap<>();
      section.forEach((k, v) -> shown.put(String.valueOf(k), redacted(String.valueOf(k), v)));
      return shown;
    }
    if (KEY.matcher(key).find()) {
      return REDACTED;
    }
    if (value instanceof List<?> list) {
      return list.stream().map(each -> redacted(key, each)).toList();
    }
    return value instanceof String text ? redacted(text) : value;
  }
}
