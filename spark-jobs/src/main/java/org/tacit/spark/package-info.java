/** Tables on Spark: blocks of rows in an RDD, and passes as Spark jobs. */
package org.tacit.spark;
