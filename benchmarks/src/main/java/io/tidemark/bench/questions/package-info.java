/// `bench questions`: how long questions about 90 days of data take, of Tidemark and of the schema
/// that it is compared with, whether both say the same, and what each takes on disk.
///
/// [DataSet] says what there is, [RowStream] makes its rows. [ReportLoad] and [TidemarkLoad] store
/// them, [Questions] lists what is asked, [QuestionRun] asks in pairs, [Agreement] compares the
/// answers, [SizeReader] reads the tables, [QuestionsReport] prints.
@NullMarked
package io.tidemark.bench.questions;

import org.jspecify.annotations.NullMarked;
