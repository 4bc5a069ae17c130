package org.tacit.job;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.IVersionProvider;

/** The versions of what computed a result. */
final class Versions implements IVersionProvider {
  static Map<String, String> all() {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("tacit", tacit());
    versions.put("spark", org.apache.spark.package$.MODULE$.SPARK_VERSION());
    versions.put("hadoop", org.apache.hadoop.util.VersionInfo.getVersion());
    versions.put("java", Runtime.version().toString());
    return versions;
  }

  private static String tacit() {
    String version = Tacit.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  @Override
  public String[] getVersion() {
    return new String[] {"tacit " + tacit()};
  }
}
