package org.tacit.config;

import com.typesafe.config.ConfigResolver;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Where the references of a configuration that are no keys of it are looked up: environment
 * variables called TACIT_..., and others where that is allowed. A reference to another one is
 * refused, whether or not there is such a variable, so that no machine makes another problem of it.
 */
final class Environment implements ConfigResolver {
  private static final String OURS = "TACIT_";
  private static final Pattern VARIABLE = Pattern.compile("[A-Z][A-Z0-9_]*");

  private final String name;
  private final Map<String, String> variables;
  private final boolean isAllowed;

  /** For the configuration called {@code name} in errors. */
  Environment(String name, Map<String, String> variables, boolean isAllowed) {
    this.name = name;
    this.variables = Map.copyOf(variables);
    this.isAllowed = isAllowed;
  }

  @Override
  public ConfigValue lookup(String reference) {
    boolean isVariable = variables.containsKey(reference) || VARIABLE.matcher(reference).matches();
    if (isVariable && !isAllowed && !reference.startsWith(OURS)) {
      throw new ConfigException(
          String.format(
              "%s: Refused reference ${%s}: an environment variable (must be a key, or a"
                  + " variable called %s...; allow others by --allow environment)",
              name, reference, OURS));
    }
    return variables.containsKey(reference)
        ? ConfigValueFactory.fromAnyRef(
            variables.get(reference), "environment variable " + reference)
        : null;
  }

  /** This alone: what it does not know is unknown. */
  @Override
  public ConfigResolver withFallback(ConfigResolver other) {
    return this;
  }
}
