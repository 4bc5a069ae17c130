package org.tacit.config;

/**
 * How this JVM was started, as spark-submit says it in system properties: alone, or with a master,
 * and the driver beside the person who submits or on a machine of the cluster.
 */
public final class Submission {
  private Submission() {}

  /** Whether somebody named a master. */
  public static boolean hasMaster() {
    return System.getProperty("spark.master") != null;
  }

  /**
   * Whether the driver runs on a machine of the cluster ({@code --deploy-mode cluster}): its
   * working directory is a scratch folder there, and nobody reads its console.
   */
  public static boolean isInCluster() {
    return System.getProperty("spark.submit.deployMode", "client").equals("cluster");
  }
}
