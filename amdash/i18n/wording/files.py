"""Files that cannot be read, or not as they are."""

from __future__ import annotations

from amdash.i18n.catalogue import N_

FILES: dict[str, str] = {
    "file_empty": N_("The file is empty. Export it again, or choose another file."),
    "file_not_spreadsheet": N_("This is no spreadsheet that amdash can read. Save it as .xlsx or .csv and upload that."),
    "file_locked": N_(
        "The workbook is protected by a password. "
        "Enter the password on the upload page, or give it with --password on the command line; it is not kept."
    ),
    "file_too_large": N_("The workbook unpacks to {megabytes} MB, more than any sheet amdash reads. Split it by year and upload the parts."),
    "sheet_reaches_too_far": N_(
        "A sheet reaches to {cell}: a value stands far from the table. Delete the empty rows and columns around it, save, and upload again."
    ),
    "database_unusable": N_("The database of the workspace cannot be opened ({reason}). Check its address, or choose another folder."),
    "nothing_understood": N_("There is nothing in these files that can be stored. {reasons}"),
    "file_left_out": N_("{reason} It would be left out, and the other files stored."),
    "file_is_pdf": N_("This is a PDF, not a spreadsheet. Export the figures as .xlsx or .csv from where the PDF came from, and upload that."),
    "file_is_picture": N_("This is a picture, not a spreadsheet. Upload the sheet that it shows, as .xlsx or .csv."),
    "file_is_document": N_(
        "This is a text document or a presentation, not a spreadsheet. Copy its table into a new Excel sheet, save that as .xlsx, and upload it."
    ),
    "file_is_message": N_("This is a saved e-mail. Open it, save the sheet that is attached to it, and upload that."),
    "file_is_numbers": N_("This is a sheet of Apple Numbers. In Numbers, choose File, Export To, Excel, and upload that file."),
    "file_is_wps": N_("This is a sheet in WPS's own format. In WPS, save it as .xlsx and upload that."),
    "file_is_archive": N_("This is an archive of other files. Unpack it and upload the sheets in it."),
    "file_is_shortcut": N_("This is a shortcut that only points to a file. Upload the file itself: open its folder and choose it there."),
    "file_is_pointer": N_("This only stands for a file that was not downloaded (Git LFS). Download the file itself and upload that."),
    "file_is_database": N_("This is a database, not a spreadsheet. Export the table as .xlsx or .csv and upload that."),
    "file_is_lock": N_(
        "This is the small file that Excel keeps while a workbook is open. Upload the workbook itself, whose name does not begin with “~$”."
    ),
    "file_is_web_page": N_(
        "This is a web page without a table, such as a login or an error page, saved under the name of a sheet. "
        "Sign in where it came from and export the sheet again."
    ),
    "file_damaged": N_("The file is damaged or cut off, as after a broken download. Download or export it again and upload that."),
    "workbook_without_sheet": N_(
        "The workbook has no sheet with cells, only charts or macros. Save the sheet with the figures in it and upload that."
    ),
    "file_locked_elsewhere": N_(
        "The file is protected in a way that amdash cannot open, password or not. "
        "Remove the protection in the program it was made with, save, and upload it again."
    ),
    "password_wrong": N_("The password does not open the workbook. Mind capitals and spaces, and try again."),
    "encoding_asked": N_(
        "In which encoding this text was saved cannot be told. Choose the one that reads right: {samples}. On the command line: --encoding."
    ),
    "encoding_wrong": N_("The text is not in {encoding}: it cannot be read at line {line} (byte {byte}). Choose another encoding."),
    "encoding_unknown": N_("There is no text encoding called “{encoding}”. Common ones are utf-8, gb18030, big5 and cp1252."),
    "file_bytes_broken": N_(
        "The text is in {encoding}, but damaged in {n} places, first at line {line} (byte {byte}). "
        "Export the file again, or mend that line, and upload it."
    ),
    "quote_unclosed": N_(
        "A quotation mark opens at line {line} (“{value}”) and is not closed where its cell ends, "
        "so that the lines after it cannot be told apart. Close or delete it and upload again."
    ),
    "archive_holds_other": N_("The archive also holds files that are no spreadsheets: {names}. Take them out, or upload the sheets alone."),
    "archive_locked": N_("The archive is protected by a password. Unpack it and upload the sheets in it."),
    "archive_too_large": N_("The archive unpacks to {megabytes} MB, more than amdash takes at once. Upload the sheets in it a few at a time."),
    "archive_too_many": N_("The archive holds {n} files, more than amdash takes at once. Upload the sheets in it a few at a time."),
    "archive_too_deep": N_("There is an archive inside an archive inside an archive. Unpack it and upload the sheets in it."),
    "archive_empty": N_("There is no sheet in the archive. Choose another one, or upload the sheets themselves."),
    "file_missing": N_("There is no such file. Check the name and the folder."),
}
