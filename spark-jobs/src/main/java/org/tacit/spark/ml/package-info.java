/** Fitted Spark ML models as solutions. */
package org.tacit.spark.ml;
