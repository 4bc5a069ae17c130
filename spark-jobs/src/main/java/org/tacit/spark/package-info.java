/** Tables on Spark: blocks of rows in an RDD, passes as Spark jobs, and reading data into them. */
package org.tacit.spark;
