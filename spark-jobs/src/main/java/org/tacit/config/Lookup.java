package org.tacit.config;

/**
 * What a configuration may look at beyond itself and the files it includes. None of these unless
 * the command line allows it: a configuration from elsewhere then reads nothing but files.
 */
public enum Lookup {
  /** Environment variables other than those called TACIT_..., which may always be read. */
  ENVIRONMENT,
  /** {@code include url(...)}. */
  URL,
  /** {@code include classpath(...)}. */
  CLASSPATH
}
