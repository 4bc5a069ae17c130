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
 *
 * @param name of the configuration in errors
 */
record Environment(String name, Map<String, String> variables, boolean isAllowed)
    implements ConfigResolver {
  private static final String OURS = "TACIT_";
  private static final Pattern VARIABLE = Pattern.compile("[A-Z][A-Z0-9_]*");

  Environment {
    variables = Map.copyOf(variables);
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
