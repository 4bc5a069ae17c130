/** The command line: configuration, one class a job, and what jobs write. */
package org.tacit.job;
