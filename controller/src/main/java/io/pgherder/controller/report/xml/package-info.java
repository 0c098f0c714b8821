/** Reports as XML, for programs that read nothing else. */
@NullMarked
package io.pgherder.controller.report.xml;

import org.jspecify.annotations.NullMarked;
