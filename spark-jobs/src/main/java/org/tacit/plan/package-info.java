/** What passes cost on a cluster, by counts: for plans of what has not run. */
package org.tacit.plan;
