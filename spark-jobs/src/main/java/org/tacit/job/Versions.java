package org.tacit.job;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/**
 * The versions of what computed a result. That of Tacit and its commit are written by the build
 * into a resource; a class path that no Maven filled has "development", a build that was not told
 * the commit "unknown".
 */
final class Versions implements IVersionProvider {
  private static final Properties BUILD = build();

  static Map<String, String> all() {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("tacit", filled("version", "development"));
    versions.put("commit", filled("commit", "unknown"));
    versions.put("spark", org.apache.spark.package$.MODULE$.SPARK_VERSION());
    versions.put("hadoop", org.apache.hadoop.util.VersionInfo.getVersion());
    versions.put("java", Runtime.version().toString());
    return versions;
  }

  private static Properties build() {
    Properties build = new Properties();
    try (InputStream in = Versions.class.getResourceAsStream("build.properties")) {
      if (in != null) {
        build.load(in);
      }
      return build;
    } catch (IOException unreadable) {
      throw new UncheckedIOException("Cannot read build.properties", unreadable);
    }
  }

  private static String filled(String key, String otherwise) {
    String value = BUILD.getProperty(key, "");
    return value.isEmpty() || value.startsWith("${") ? otherwise : value;
  }

  @Override
  public String[] getVersion() {
    return new String[] {
      "tacit " + filled("version", "development") + ", commit " + filled("commit", "unknown")
    };
  }
}
