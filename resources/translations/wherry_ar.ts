<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
    <context>
        <name>AboutDialog</name>
        <message>
            <source>About Wherry</source>
            <translation>حول Wherry</translation>
        </message>
        <message>
            <source>Files of any size through very little memory. Free software under the MIT licence. Its log is {log}</source>
            <translation>ملفات بأي حجم عبر ذاكرة قليلة جدًا. برنامج حر برخصة MIT. سجلّه في {log}</translation>
        </message>
        <message>
            <source>Wherry {version}</source>
            <translation>Wherry {version}</translation>
        </message>
    </context>
    <context>
        <name>AddServerDialog</name>
        <message>
            <source>&amp;Cancel</source>
            <translation>إلغاء</translation>
        </message>
        <message>
            <source>&amp;Key</source>
            <translation>المفتاح</translation>
        </message>
        <message>
            <source>&amp;Link or address</source>
            <translation>الرابط أو العنوان</translation>
        </message>
        <message>
            <source>&amp;Name in this window</source>
            <translation>الاسم في هذه النافذة</translation>
        </message>
        <message>
            <source>&amp;Save all the same</source>
            <translation>احفظ على أي حال</translation>
        </message>
        <message>
            <source>&amp;Save and send there</source>
            <translation>احفظ وأرسل إليه</translation>
        </message>
        <message>
            <source>Add a server</source>
            <translation>إضافة خادم</translation>
        </message>
        <message>
            <source>An address begins with https:// or http://, a link with wherry://.</source>
            <translation>يبدأ العنوان بـ https:// أو http://‎، ويبدأ الرابط بـ wherry://‎.</translation>
        </message>
        <message>
            <source>C&amp;lose</source>
            <translation>إغلاق</translation>
        </message>
        <message>
            <source>Copy it once more, from its beginning to its end.</source>
            <translation>انسخه مرة أخرى من أوله إلى آخره.</translation>
        </message>
        <message>
            <source>Files go there until the window is closed. After that, add it once more.</source>
            <translation>تذهب الملفات إليه حتى تُغلق النافذة. بعد ذلك أضفه مرة أخرى.</translation>
        </message>
        <message>
            <source>Looking…</source>
            <translation>جارٍ البحث…</translation>
        </message>
        <message>
            <source>Paste the link that you got from whoever runs the receiver.</source>
            <translation>ألصق الرابط الذي حصلت عليه ممن يدير المستقبِل.</translation>
        </message>
        <message>
            <source>Saved, but its key could not be kept.</source>
            <translation>تم الحفظ، لكن تعذّر الاحتفاظ بالمفتاح.</translation>
        </message>
        <message>
            <source>Saved. Files go there from now on.</source>
            <translation>تم الحفظ. تذهب الملفات إليه من الآن.</translation>
        </message>
        <message>
            <source>Saving…</source>
            <translation>جارٍ الحفظ…</translation>
        </message>
        <message>
            <source>The line to it is not encrypted: use it in networks that you trust.</source>
            <translation>الاتصال به غير مشفّر: استخدمه في الشبكات التي تثق بها فقط.</translation>
        </message>
        <message>
            <source>The link is not complete.</source>
            <translation>الرابط غير مكتمل.</translation>
        </message>
        <message>
            <source>The server could not be saved.</source>
            <translation>تعذّر حفظ الخادم.</translation>
        </message>
        <message>
            <source>This computer has no keyring for passwords, or it did not open. So the key is kept in a file that only you can read.</source>
            <translation>لا توجد في هذا الحاسوب حافظة لكلمات المرور، أو أنها لم تُفتح. لذلك يُحفظ المفتاح في ملف لا يقرؤه أحد سواك.</translation>
        </message>
        <message>
            <source>This is no address yet.</source>
            <translation>هذا ليس عنوانًا بعد.</translation>
        </message>
        <message>
            <source>What was found</source>
            <translation>ما عُثر عليه</translation>
        </message>
        <message>
            <source>{name}, {size} free</source>
            <translation>{name}، {size} متاحة</translation>
        </message>
    </context>
    <context>
        <name>ArrivingCard</name>
        <message>
            <source>Arriving now</source>
            <translation>يصل الآن</translation>
        </message>
        <message>
            <source>Nobody is sending to this computer.</source>
            <translation>لا أحد يرسل إلى هذا الحاسوب.</translation>
        </message>
        <message numerus="yes">
            <source>and %Ln more</source>
            <translation>
                <numerusform>ولا شيء غيرها</numerusform>
                <numerusform>وواحد آخر</numerusform>
                <numerusform>واثنان آخران</numerusform>
                <numerusform>و%Ln أخرى</numerusform>
                <numerusform>و%Ln غيرها</numerusform>
                <numerusform>و%Ln غيرها</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>CancelQuestion</name>
        <message>
            <source>&amp;Keep uploading</source>
            <translation>متابعة الرفع</translation>
        </message>
        <message numerus="yes">
            <source>Cancel %Ln uploads that have begun?</source>
            <translation>
                <numerusform>هل تريد إلغاء الرفع الذي بدأ؟</numerusform>
                <numerusform>هل تريد إلغاء رفع ملف واحد بدأ رفعه؟</numerusform>
                <numerusform>هل تريد إلغاء رفع ملفين بدأ رفعهما؟</numerusform>
                <numerusform>هل تريد إلغاء رفع %Ln ملفات بدأ رفعها؟</numerusform>
                <numerusform>هل تريد إلغاء رفع %Ln ملفًا بدأ رفعها؟</numerusform>
                <numerusform>هل تريد إلغاء رفع %Ln ملف بدأ رفعها؟</numerusform>
            </translation>
        </message>
        <message>
            <source>Cancel the &amp;upload</source>
            <translation>إلغاء الرفع</translation>
        </message>
        <message>
            <source>Cancel the &amp;uploads</source>
            <translation>إلغاء الرفع</translation>
        </message>
        <message>
            <source>Cancel the upload of {name}?</source>
            <translation>هل تريد إلغاء رفع {name}؟</translation>
        </message>
        <message>
            <source>their servers</source>
            <translation>خوادمها</translation>
        </message>
        <message>
            <source>{size} of it is already on {where}, and is dropped there. The file on this computer stays.</source>
            <translation>وصل منه {size} إلى {where}، وسيُحذف هناك. يبقى الملف على هذا الحاسوب.</translation>
        </message>
        <message>
            <source>{size} of them is already on {where}, and is dropped there. The files on this computer stay.</source>
            <translation>وصل منها {size} إلى {where}، وستُحذف هناك. تبقى الملفات على هذا الحاسوب.</translation>
        </message>
    </context>
    <context>
        <name>ChartMenu</name>
        <message>
            <source>&amp;Copy the picture</source>
            <translation>نسخ الصورة</translation>
        </message>
        <message>
            <source>1 min</source>
            <translation>دقيقة</translation>
        </message>
        <message>
            <source>10 min</source>
            <translation>١٠ دقائق</translation>
        </message>
        <message>
            <source>60 min</source>
            <translation>٦٠ دقيقة</translation>
        </message>
        <message>
            <source>Save as &amp;picture…</source>
            <translation>حفظ كصورة…</translation>
        </message>
        <message>
            <source>Save as &amp;table…</source>
            <translation>حفظ كجدول…</translation>
        </message>
        <message>
            <source>Save the chart as a picture</source>
            <translation>حفظ الرسم كصورة</translation>
        </message>
        <message>
            <source>Save the chart as a table</source>
            <translation>حفظ الرسم كجدول</translation>
        </message>
        <message>
            <source>Show {time}</source>
            <translation>عرض {time}</translation>
        </message>
        <message>
            <source>The chart could not be saved as {file}: {reason}. Choose another folder.</source>
            <translation>تعذّر حفظ الرسم باسم {file}: {reason}. اختر مجلدًا آخر.</translation>
        </message>
        <message>
            <source>Time shown, and saving</source>
            <translation>المدة المعروضة والحفظ</translation>
        </message>
        <message>
            <source>{chart}: time shown, and saving</source>
            <translation>{chart}: المدة المعروضة والحفظ</translation>
        </message>
    </context>
    <context>
        <name>ClosingDialog</name>
        <message numerus="yes">
            <source>%Ln files are still to be sent.</source>
            <translation>
                <numerusform>لم يبقَ ملف للإرسال.</numerusform>
                <numerusform>بقي ملف واحد للإرسال.</numerusform>
                <numerusform>بقي ملفان للإرسال.</numerusform>
                <numerusform>بقي %Ln ملفات للإرسال.</numerusform>
                <numerusform>بقي %Ln ملفًا للإرسال.</numerusform>
                <numerusform>بقي %Ln ملف للإرسال.</numerusform>
            </translation>
        </message>
        <message>
            <source>&amp;Cancel</source>
            <translation>إلغاء</translation>
        </message>
        <message>
            <source>&amp;Close</source>
            <translation>إغلاق</translation>
        </message>
        <message>
            <source>&amp;Do this from now on, without asking</source>
            <translation>افعل هذا من الآن دون سؤال</translation>
        </message>
        <message>
            <source>&amp;Keep receiving in the background</source>
            <translation>متابعة الاستقبال في الخلفية</translation>
        </message>
        <message>
            <source>&amp;Keep uploading in the background</source>
            <translation>متابعة الرفع في الخلفية</translation>
        </message>
        <message>
            <source>&amp;Stop, go on next time</source>
            <translation>توقف، والمتابعة في المرة القادمة</translation>
        </message>
        <message>
            <source>Nothing is lost either way: what has been stored stays, and the rest goes on from there as soon as Wherry is open again.</source>
            <translation>لن يضيع شيء في الحالتين: ما خُزّن يبقى، ويتابع الباقي من حيث وصل حالما يُفتح Wherry من جديد.</translation>
        </message>
        <message>
            <source>Others may send to this computer.</source>
            <translation>يمكن لآخرين الإرسال إلى هذا الحاسوب.</translation>
        </message>
        <message>
            <source>Somebody is sending to this computer.</source>
            <translation>هناك من يرسل إلى هذا الحاسوب.</translation>
        </message>
        <message>
            <source>While Wherry is closed nobody can send here.</source>
            <translation>ما دام Wherry مغلقًا فلا يستطيع أحد الإرسال إلى هنا.</translation>
        </message>
    </context>
    <context>
        <name>ConfigLines</name>
        <message>
            <source>Copied</source>
            <translation>تم النسخ</translation>
        </message>
        <message>
            <source>Copy these lines</source>
            <translation>انسخ هذه الأسطر</translation>
        </message>
        <message>
            <source>Lines to write</source>
            <translation>أسطر للكتابة</translation>
        </message>
    </context>
    <context>
        <name>ConnectionState</name>
        <message>
            <source>Connected</source>
            <translation>متصل</translation>
        </message>
        <message>
            <source>Connecting…</source>
            <translation>جارٍ الاتصال…</translation>
        </message>
        <message>
            <source>Files will be stored in {folder}.</source>
            <translation>ستُخزّن الملفات في {folder}.</translation>
        </message>
        <message>
            <source>Not reachable, trying again in {time}</source>
            <translation>لا يمكن الوصول إليه، محاولة جديدة بعد {time}</translation>
        </message>
        <message>
            <source>Not reachable, trying again now</source>
            <translation>لا يمكن الوصول إليه، محاولة جديدة الآن</translation>
        </message>
        <message>
            <source>Ready. Files are stored in {folder}</source>
            <translation>جاهز. تُخزّن الملفات في {folder}</translation>
        </message>
        <message>
            <source>Starting…</source>
            <translation>جارٍ البدء…</translation>
        </message>
        <message>
            <source>The keyring with its key did not open. Choose the server again to retry</source>
            <translation>لم تُفتح حافظة المفاتيح. اختر الخادم مرة أخرى للمحاولة من جديد</translation>
        </message>
        <message>
            <source>The receiver has stopped. It is being started again…</source>
            <translation>توقف المستقبِل. يُعاد تشغيله الآن…</translation>
        </message>
        <message>
            <source>Turned off: nothing is stored on this computer until you turn it on again</source>
            <translation>متوقف: لا يُخزّن شيء على هذا الحاسوب حتى تشغّله من جديد</translation>
        </message>
    </context>
    <context>
        <name>CrashDialog</name>
        <message numerus="yes">
            <source>%Ln mistakes so far; the first one:</source>
            <translation>
                <numerusform>لا أخطاء حتى الآن:</numerusform>
                <numerusform>خطأ واحد حتى الآن:</numerusform>
                <numerusform>خطآن حتى الآن، أولهما:</numerusform>
                <numerusform>%Ln أخطاء حتى الآن، أولها:</numerusform>
                <numerusform>%Ln خطأً حتى الآن، أولها:</numerusform>
                <numerusform>%Ln خطأ حتى الآن، أولها:</numerusform>
            </translation>
        </message>
        <message>
            <source>Wherry has made a mistake.</source>
            <translation>وقع خطأ في Wherry.</translation>
        </message>
        <message>
            <source>Your list is kept, and what is stored stays stored. If something no longer moves, close Wherry and open it again. Please send the text below, or the log in {log}, to whoever helps you: neither holds keys nor contents of files.</source>
            <translation>قائمتك محفوظة، وما خُزّن يبقى مخزّنًا. إذا توقف شيء عن الحركة فأغلق Wherry وافتحه من جديد. أرسل النص أدناه أو السجل في {log} إلى من يساعدك: لا مفاتيح فيهما ولا محتويات ملفات.</translation>
        </message>
    </context>
    <context>
        <name>DestinationBar</name>
        <message>
            <source>Connection</source>
            <translation>الاتصال</translation>
        </message>
        <message>
            <source>Fi&amp;nd out why…</source>
            <translation>اعرف السبب…</translation>
        </message>
    </context>
    <context>
        <name>Destinations</name>
        <message>
            <source>This computer</source>
            <translation>هذا الحاسوب</translation>
        </message>
        <message>
            <source>this computer</source>
            <translation>هذا الحاسوب</translation>
        </message>
    </context>
    <context>
        <name>DetailsDialog</name>
        <message>
            <source>&amp;Copied</source>
            <translation>تم النسخ</translation>
        </message>
        <message>
            <source>&amp;Copy</source>
            <translation>نسخ</translation>
        </message>
        <message>
            <source>C&amp;lose</source>
            <translation>إغلاق</translation>
        </message>
        <message>
            <source>Details</source>
            <translation>التفاصيل</translation>
        </message>
        <message>
            <source>Details to copy</source>
            <translation>تفاصيل للنسخ</translation>
        </message>
    </context>
    <context>
        <name>DiagnosisDialog</name>
        <message numerus="yes">
            <source>%Ln things on the way to {name} are to be mended.</source>
            <translation>
                <numerusform>لا شيء في الطريق إلى {name} يحتاج إلى إصلاح.</numerusform>
                <numerusform>أمر واحد في الطريق إلى {name} يحتاج إلى إصلاح.</numerusform>
                <numerusform>أمران في الطريق إلى {name} يحتاجان إلى إصلاح.</numerusform>
                <numerusform>%Ln أمور في الطريق إلى {name} تحتاج إلى إصلاح.</numerusform>
                <numerusform>%Ln أمرًا في الطريق إلى {name} يحتاج إلى إصلاح.</numerusform>
                <numerusform>%Ln أمر في الطريق إلى {name} يحتاج إلى إصلاح.</numerusform>
            </translation>
        </message>
        <message>
            <source>&amp;Copied</source>
            <translation>تم النسخ</translation>
        </message>
        <message>
            <source>&amp;Copy the result</source>
            <translation>انسخ النتيجة</translation>
        </message>
        <message>
            <source>&amp;Stop</source>
            <translation>أوقف</translation>
        </message>
        <message>
            <source>All is well on the way to {name}.</source>
            <translation>كل شيء على ما يرام في الطريق إلى {name}.</translation>
        </message>
        <message>
            <source>C&amp;lose</source>
            <translation>إغلاق</translation>
        </message>
        <message>
            <source>Check &amp;again</source>
            <translation>افحص مرة أخرى</translation>
        </message>
        <message>
            <source>Check the way to a server</source>
            <translation>فحص الطريق إلى خادم</translation>
        </message>
        <message>
            <source>Looking at the way to {name}…</source>
            <translation>يجري فحص الطريق إلى {name}…</translation>
        </message>
        <message>
            <source>Not looked at.</source>
            <translation>لم يُفحص.</translation>
        </message>
        <message>
            <source>Stopped.</source>
            <translation>تم الإيقاف.</translation>
        </message>
    </context>
    <context>
        <name>DropStrip</name>
        <message>
            <source>Drop more files or folders anywhere in this window</source>
            <translation>أفلت المزيد من الملفات أو المجلدات في أي مكان من هذه النافذة</translation>
        </message>
    </context>
    <context>
        <name>EmptyPage</name>
        <message>
            <source>Drop files of any size here</source>
            <translation>أفلت هنا ملفات بأي حجم</translation>
        </message>
        <message>
            <source>Or press Ctrl+V to paste copied files</source>
            <translation>أو اضغط Ctrl+V للصق الملفات المنسوخة</translation>
        </message>
    </context>
    <context>
        <name>Header</name>
        <message>
            <source>More</source>
            <translation>المزيد</translation>
        </message>
        <message>
            <source>Show the page Receive</source>
            <translation>عرض صفحة الاستقبال</translation>
        </message>
        <message>
            <source>Show the page Send</source>
            <translation>عرض صفحة الإرسال</translation>
        </message>
    </context>
    <context>
        <name>Legend</name>
        <message>
            <source>{name}: {value}</source>
            <translation>{name}: {value}</translation>
        </message>
    </context>
    <context>
        <name>LimitButton</name>
        <message>
            <source>&amp;Other…</source>
            <translation>سرعة أخرى…</translation>
        </message>
        <message>
            <source>At most {rate}</source>
            <translation>{rate} على الأكثر</translation>
        </message>
        <message>
            <source>Limit speed</source>
            <translation>تحديد السرعة</translation>
        </message>
        <message>
            <source>Limit the speed</source>
            <translation>تحديد السرعة</translation>
        </message>
        <message>
            <source>Limit the speed to {rate} (other speeds: arrow down, or right click)</source>
            <translation>تحديد السرعة عند {rate} (سرعات أخرى: سهم للأسفل أو نقرة يمنى)</translation>
        </message>
        <message>
            <source>Megabytes a second, for all files together:</source>
            <translation>ميغابايت في الثانية، لكل الملفات معًا:</translation>
        </message>
        <message>
            <source>No limit</source>
            <translation>بلا حد</translation>
        </message>
        <message>
            <source>The speed is limited to {rate}. Press to lift the limit.</source>
            <translation>السرعة محددة عند {rate}. اضغط لرفع الحد.</translation>
        </message>
    </context>
    <context>
        <name>LivePanel</name>
        <message>
            <source>Age of these numbers</source>
            <translation>عمر هذه الأرقام</translation>
        </message>
        <message>
            <source>Budget for uploads</source>
            <translation>المخصص للرفع</translation>
        </message>
        <message>
            <source>CPU of the server</source>
            <translation>معالج الخادم</translation>
        </message>
        <message>
            <source>CPU {share}</source>
            <translation>المعالج {share}</translation>
        </message>
        <message>
            <source>Disk of the server</source>
            <translation>قرص الخادم</translation>
        </message>
        <message>
            <source>Disk of the server in use</source>
            <translation>المستخدم من قرص الخادم</translation>
        </message>
        <message>
            <source>Everything else</source>
            <translation>كل ما عداه</translation>
        </message>
        <message>
            <source>Free</source>
            <translation>متاح</translation>
        </message>
        <message>
            <source>Live</source>
            <translation>مباشر</translation>
        </message>
        <message>
            <source>Machine</source>
            <translation>الجهاز</translation>
        </message>
        <message>
            <source>Memory of the machine over time</source>
            <translation>ذاكرة الجهاز عبر الزمن</translation>
        </message>
        <message>
            <source>Memory of the receiver over time</source>
            <translation>ذاكرة المستقبِل عبر الزمن</translation>
        </message>
        <message>
            <source>Memory of the server</source>
            <translation>ذاكرة الخادم</translation>
        </message>
        <message>
            <source>Memory of the server in use</source>
            <translation>الذاكرة المستخدمة في الخادم</translation>
        </message>
        <message>
            <source>Memory shown</source>
            <translation>الذاكرة المعروضة</translation>
        </message>
        <message>
            <source>No uploads running</source>
            <translation>لا رفع جارٍ</translation>
        </message>
        <message>
            <source>Numbers of the server: {age}</source>
            <translation>أرقام الخادم: {age}</translation>
        </message>
        <message>
            <source>Page cache</source>
            <translation>ذاكرة الملفات المؤقتة</translation>
        </message>
        <message>
            <source>Promised</source>
            <translation>محجوز</translation>
        </message>
        <message>
            <source>Receiver</source>
            <translation>المستقبِل</translation>
        </message>
        <message>
            <source>Sent</source>
            <translation>أُرسل</translation>
        </message>
        <message>
            <source>Stored</source>
            <translation>خُزّن</translation>
        </message>
        <message>
            <source>Stored each second</source>
            <translation>ما يُخزّن كل ثانية</translation>
        </message>
        <message>
            <source>The server's numbers</source>
            <translation>أرقام الخادم</translation>
        </message>
        <message>
            <source>This list needs</source>
            <translation>تحتاج هذه القائمة</translation>
        </message>
        <message>
            <source>This receiver</source>
            <translation>هذا المستقبِل</translation>
        </message>
        <message>
            <source>Throughput</source>
            <translation>سرعة النقل</translation>
        </message>
        <message>
            <source>Throughput over time</source>
            <translation>سرعة النقل عبر الزمن</translation>
        </message>
        <message>
            <source>Time shown</source>
            <translation>المدة المعروضة</translation>
        </message>
        <message>
            <source>Uploads that the server is taking</source>
            <translation>ما يستقبله الخادم الآن</translation>
        </message>
        <message>
            <source>Uploads: {mine} yours, {others} others’</source>
            <translation>الرفع: لك {mine}، ولغيرك {others}</translation>
        </message>
        <message>
            <source>Used</source>
            <translation>مستخدم</translation>
        </message>
        <message>
            <source>at most {size}</source>
            <translation>{size} على الأكثر</translation>
        </message>
        <message>
            <source>no numbers yet</source>
            <translation>لا أرقام بعد</translation>
        </message>
        <message>
            <source>now</source>
            <translation>الآن</translation>
        </message>
        <message>
            <source>{size} free</source>
            <translation>{size} متاحة</translation>
        </message>
        <message>
            <source>{size} in all</source>
            <translation>{size} إجمالًا</translation>
        </message>
        <message>
            <source>{size} too little</source>
            <translation>ينقص {size}</translation>
        </message>
        <message>
            <source>{used} used by the receiver</source>
            <translation>يستخدم المستقبِل {used}</translation>
        </message>
    </context>
    <context>
        <name>MainWindow</name>
        <message numerus="yes">
            <source>%Ln uploads are arriving</source>
            <translation>
                <numerusform>لا شيء يصل الآن</numerusform>
                <numerusform>يصل ملف واحد الآن</numerusform>
                <numerusform>يصل ملفان الآن</numerusform>
                <numerusform>تصل %Ln ملفات الآن</numerusform>
                <numerusform>يصل %Ln ملفًا الآن</numerusform>
                <numerusform>يصل %Ln ملف الآن</numerusform>
            </translation>
        </message>
        <message>
            <source>Add a folder</source>
            <translation>إضافة مجلد</translation>
        </message>
        <message>
            <source>Add files</source>
            <translation>إضافة ملفات</translation>
        </message>
        <message>
            <source>Folder for received files</source>
            <translation>مجلد الملفات المستقبَلة</translation>
        </message>
        <message>
            <source>Let go to add this server</source>
            <translation>أفلت لإضافة هذا الخادم</translation>
        </message>
        <message>
            <source>Let go to send to {name}</source>
            <translation>أفلت للإرسال إلى {name}</translation>
        </message>
        <message>
            <source>They are sent to {name}.</source>
            <translation>تُرسل إلى {name}.</translation>
        </message>
        <message>
            <source>They are stored in {folder}.</source>
            <translation>تُخزّن في {folder}.</translation>
        </message>
    </context>
    <context>
        <name>Messages</name>
        <message>
            <source>A line that is silent for {silent} is not cut.</source>
            <translation>الاتصال الذي يبقى صامتًا مدة {silent} لا يُقطع.</translation>
        </message>
        <message>
            <source>A line that was silent for {silent} was cut.</source>
            <translation>قُطع اتصال بقي صامتًا مدة {silent}.</translation>
        </message>
        <message>
            <source>A phone or notebook that changes networks has to send the last piece again.</source>
            <translation>الهاتف أو الحاسوب المحمول الذي يغيّر الشبكة عليه أن يرسل القطعة الأخيرة من جديد.</translation>
        </message>
        <message>
            <source>A refusal arrives before all has been sent.</source>
            <translation>يصل الرفض قبل أن يُرسل كل شيء.</translation>
        </message>
        <message>
            <source>A refusal arrives only after everything has been sent, or not at all.</source>
            <translation>لا يصل الرفض إلا بعد إرسال كل شيء، أو لا يصل أبدًا.</translation>
        </message>
        <message>
            <source>Add the file or folder that is meant itself.</source>
            <translation>أضف الملف أو المجلد المقصود نفسه.</translation>
        </message>
        <message>
            <source>Already stored</source>
            <translation>مخزّن من قبل</translation>
        </message>
        <message>
            <source>Already stored as {stored_name}</source>
            <translation>مخزّن من قبل باسم {stored_name}</translation>
        </message>
        <message>
            <source>Ask whoever runs the receiver for a key, enter it, and try again.</source>
            <translation>اطلب مفتاحًا ممن يدير المستقبِل، وأدخله، ثم أعد المحاولة.</translation>
        </message>
        <message>
            <source>Ask whoever runs the receiver for a new link, and send by that one.</source>
            <translation>اطلب رابطًا جديدًا ممن يدير المستقبِل، وأرسل عبره.</translation>
        </message>
        <message>
            <source>Ask whoever runs the receiver for a valid key, enter it, and try again.</source>
            <translation>اطلب مفتاحًا صالحًا ممن يدير المستقبِل، وأدخله، ثم أعد المحاولة.</translation>
        </message>
        <message>
            <source>Ask whoever runs the receiver to allow larger files, or send it elsewhere.</source>
            <translation>اطلب ممن يدير المستقبِل السماح بملفات أكبر، أو أرسله إلى مكان آخر.</translation>
        </message>
        <message>
            <source>Asking for it…</source>
            <translation>يُسأل عنه…</translation>
        </message>
        <message>
            <source>Cancelled</source>
            <translation>أُلغي</translation>
        </message>
        <message>
            <source>Change its permissions, or ask its owner, then add it again.</source>
            <translation>غيّر أذوناته أو اسأل مالكه، ثم أضفه من جديد.</translation>
        </message>
        <message>
            <source>Check that disk on this computer, then try again.</source>
            <translation>افحص ذلك القرص في هذا الحاسوب، ثم أعد المحاولة.</translation>
        </message>
        <message>
            <source>Check that this computer is on the network and that the receiver is running.</source>
            <translation>تأكد من اتصال هذا الحاسوب بالشبكة ومن عمل المستقبِل.</translation>
        </message>
        <message>
            <source>Check the address, and whether this network asks you to sign in first.</source>
            <translation>تحقق من العنوان، ومما إذا كانت هذه الشبكة تطلب تسجيل الدخول أولًا.</translation>
        </message>
        <message>
            <source>Check the key of this server meanwhile.</source>
            <translation>تحقق في أثناء ذلك من مفتاح هذا الخادم.</translation>
        </message>
        <message>
            <source>Checking space</source>
            <translation>فحص المساحة</translation>
        </message>
        <message>
            <source>Comparing them…</source>
            <translation>تجري المقارنة…</translation>
        </message>
        <message>
            <source>Connecting…</source>
            <translation>جارٍ الاتصال…</translation>
        </message>
        <message>
            <source>Delete something there, or take files off the list.</source>
            <translation>احذف شيئًا هناك، أو أزل ملفات من القائمة.</translation>
        </message>
        <message>
            <source>Devices, pipes and links to folders inside a folder are not sent.</source>
            <translation>لا تُرسل الأجهزة ولا الأنابيب ولا الروابط إلى مجلدات داخل مجلد.</translation>
        </message>
        <message>
            <source>Do the clocks agree?</source>
            <translation>هل الساعتان متفقتان؟</translation>
        </message>
        <message>
            <source>Does it arrive while it is being sent?</source>
            <translation>هل يصل أثناء إرساله؟</translation>
        </message>
        <message>
            <source>Does it know its own address?</source>
            <translation>هل يعرف عنوانه؟</translation>
        </message>
        <message>
            <source>Everything is written twice, what was collected is lost when the line is cut, and the window sees progress late.</source>
            <translation>يُكتب كل شيء مرتين، وما جُمع يضيع عند انقطاع الاتصال، ويظهر التقدم في النافذة متأخرًا.</translation>
        </message>
        <message>
            <source>Failed</source>
            <translation>فشل</translation>
        </message>
        <message>
            <source>Files are sent in pieces of {passed}, which is slower; other clients fail.</source>
            <translation>تُرسل الملفات في قطع من {passed}، وهذا أبطأ؛ وتفشل البرامج الأخرى.</translation>
        </message>
        <message>
            <source>Files of this size and larger are sent slowly or not at all.</source>
            <translation>الملفات بهذا الحجم فما فوقه تُرسل ببطء أو لا تُرسل أبدًا.</translation>
        </message>
        <message>
            <source>Goes on at {percent} %</source>
            <translation>يتابع من {percent} ٪</translation>
        </message>
        <message>
            <source>Have the disk of that machine looked at, then try again.</source>
            <translation>اطلب فحص قرص ذلك الجهاز، ثم أعد المحاولة.</translation>
        </message>
        <message>
            <source>Held up on the way to {where}, trying again in {retry}</source>
            <translation>تعطل في الطريق إلى {where}، محاولة جديدة بعد {retry}</translation>
        </message>
        <message>
            <source>Held up on the way to {where}, trying again now</source>
            <translation>تعطل في الطريق إلى {where}، محاولة جديدة الآن</translation>
        </message>
        <message>
            <source>How much goes through at once?</source>
            <translation>كم يمرّ دفعة واحدة؟</translation>
        </message>
        <message>
            <source>If it lasts, close other programs on that machine.</source>
            <translation>إن استمر ذلك فأغلق برامج أخرى على ذلك الجهاز.</translation>
        </message>
        <message>
            <source>If it lasts, show the details to whoever runs the server or the network.</source>
            <translation>إن استمر ذلك فاعرض التفاصيل على من يدير الخادم أو الشبكة.</translation>
        </message>
        <message>
            <source>In nginx, in the server section of this site:</source>
            <translation>في nginx، في قسم server لهذا الموقع:</translation>
        </message>
        <message>
            <source>In the Caddyfile, at this site:</source>
            <translation>في Caddyfile، عند هذا الموقع:</translation>
        </message>
        <message>
            <source>Is a refusal told in time?</source>
            <translation>هل يصل الرفض في حينه؟</translation>
        </message>
        <message>
            <source>Is it there, and does it take the key?</source>
            <translation>هل هو موجود، وهل يقبل المفتاح؟</translation>
        </message>
        <message>
            <source>It has {needed}, and at most {limit} is taken there. It is not sent.</source>
            <translation>حجمه {needed}، ولا يُقبل هناك أكثر من {limit}. لن يُرسل.</translation>
        </message>
        <message>
            <source>It is not sent.</source>
            <translation>لن يُرسل.</translation>
        </message>
        <message>
            <source>It is tried again in smaller parts; what is stored stays.</source>
            <translation>تُعاد المحاولة بأجزاء أصغر، وما خُزّن يبقى.</translation>
        </message>
        <message>
            <source>It is {apart} earlier here than on {name}; more than {allowed} is too much.</source>
            <translation>الوقت هنا أبكر بمقدار {apart} منه على {name}؛ وما زاد على {allowed} كثير.</translation>
        </message>
        <message>
            <source>It is {apart} later here than on {name}; more than {allowed} is too much.</source>
            <translation>الوقت هنا متأخر بمقدار {apart} عنه على {name}؛ وما زاد على {allowed} كثير.</translation>
        </message>
        <message>
            <source>It listens again after a while; the file waits.</source>
            <translation>سيستجيب بعد مدة، والملف ينتظر.</translation>
        </message>
        <message>
            <source>It tries again in {retry}.</source>
            <translation>تبدأ محاولة جديدة بعد {retry}.</translation>
        </message>
        <message>
            <source>It tries again now.</source>
            <translation>تبدأ محاولة جديدة الآن.</translation>
        </message>
        <message>
            <source>It was away for too long, or was removed there. All of it is sent anew.</source>
            <translation>تأخر كثيرًا، أو حُذف هناك. سيُرسل كله من جديد.</translation>
        </message>
        <message>
            <source>It was moved, renamed or deleted, and is not sent.</source>
            <translation>نُقل أو غُيّر اسمه أو حُذف، ولن يُرسل.</translation>
        </message>
        <message>
            <source>May the line be silent for a while?</source>
            <translation>هل يجوز أن يصمت الاتصال قليلًا؟</translation>
        </message>
        <message>
            <source>Not a Wherry receiver, trying again in {retry}</source>
            <translation>ليس مستقبِل Wherry، محاولة جديدة بعد {retry}</translation>
        </message>
        <message>
            <source>Not a Wherry receiver, trying again now</source>
            <translation>ليس مستقبِل Wherry، محاولة جديدة الآن</translation>
        </message>
        <message>
            <source>Not enough space on {where}.</source>
            <translation>لا توجد مساحة كافية على {where}.</translation>
        </message>
        <message>
            <source>Nothing is sent until the receiver itself answers again.</source>
            <translation>لا يُرسل شيء حتى يجيب المستقبِل نفسه من جديد.</translation>
        </message>
        <message>
            <source>Nothing was sent: somebody may be listening in between, or the server was set up anew.</source>
            <translation>لم يُرسل شيء: ربما يتنصت أحد بينكما، أو أُعيد إعداد الخادم.</translation>
        </message>
        <message>
            <source>Other clients are sent to that address and fail there; Wherry itself is not. It also cannot tell senders apart.</source>
            <translation>تُوجَّه البرامج الأخرى إلى ذلك العنوان فتفشل هناك؛ أما Wherry فلا. كما أن المستقبِل لا يستطيع التمييز بين المرسلين.</translation>
        </message>
        <message>
            <source>Parts of different versions are never mixed, so it is not stored.</source>
            <translation>لا تُخلط أجزاء من نسخ مختلفة أبدًا، لذلك لم يُخزّن.</translation>
        </message>
        <message>
            <source>Paused</source>
            <translation>متوقف مؤقتًا</translation>
        </message>
        <message>
            <source>Paused at {percent} %</source>
            <translation>متوقف مؤقتًا عند {percent} ٪</translation>
        </message>
        <message>
            <source>Put it back and try again, or add it from where it is now.</source>
            <translation>أعده إلى مكانه وأعد المحاولة، أو أضفه من مكانه الحالي.</translation>
        </message>
        <message>
            <source>Requests of {passed} go through.</source>
            <translation>يمرّ {passed} دفعة واحدة.</translation>
        </message>
        <message>
            <source>Sending a half, and looking whether it is there…</source>
            <translation>يُرسل نصف، ثم يُنظر هل وصل…</translation>
        </message>
        <message>
            <source>Sending nothing for {silence}…</source>
            <translation>لا يُرسل شيء مدة {silence}…</translation>
        </message>
        <message>
            <source>Sending something that has to be refused…</source>
            <translation>يُرسل شيء لا بد أن يُرفض…</translation>
        </message>
        <message>
            <source>Sending up to {largest} at once; nothing of it is kept…</source>
            <translation>يُرسل ما يصل إلى {largest} دفعة واحدة؛ ولا يُحتفظ بشيء منه…</translation>
        </message>
        <message>
            <source>Set the clock of the one that is wrong, or have it set.</source>
            <translation>اضبط الساعة الخاطئة، أو اطلب ضبطها.</translation>
        </message>
        <message>
            <source>Something answers in place of {where}, but not a Wherry receiver.</source>
            <translation>هناك ما يجيب بدلًا من {where}، لكنه ليس مستقبِل Wherry.</translation>
        </message>
        <message>
            <source>Something between this computer and {where} does not let the file by.</source>
            <translation>هناك ما يمنع مرور الملف بين هذا الحاسوب و{where}.</translation>
        </message>
        <message>
            <source>Something in between</source>
            <translation>شيء في الطريق</translation>
        </message>
        <message>
            <source>Start the receiver with --behind-proxy: it then believes what the proxy tells.</source>
            <translation>شغّل المستقبِل بالخيار ⁨--behind-proxy⁩: عندئذ يصدّق ما يقوله الوسيط.</translation>
        </message>
        <message>
            <source>Stored</source>
            <translation>خُزّن</translation>
        </message>
        <message>
            <source>Stored as {stored_name}</source>
            <translation>خُزّن باسم {stored_name}</translation>
        </message>
        <message>
            <source>That a file is too large, or a key wrong, is then told late.</source>
            <translation>عندئذ يُعرف متأخرًا أن ملفًا كبير جدًا أو أن مفتاحًا خاطئ.</translation>
        </message>
        <message>
            <source>The clocks here and there agree.</source>
            <translation>الساعة هنا والساعة هناك متفقتان.</translation>
        </message>
        <message>
            <source>The disk or network folder it lies on gave an error. It is not sent.</source>
            <translation>أبلغ القرص أو مجلد الشبكة الذي يوجد عليه عن خطأ. لن يُرسل.</translation>
        </message>
        <message>
            <source>The file cannot be read.</source>
            <translation>تتعذر قراءة الملف.</translation>
        </message>
        <message>
            <source>The file goes on by itself when there is room.</source>
            <translation>يتابع الملف تلقائيًا حين تتوفر مساحة.</translation>
        </message>
        <message>
            <source>The file has changed and is sent anew</source>
            <translation>تغيّر الملف ويُرسل من جديد</translation>
        </message>
        <message>
            <source>The file is larger than {where} takes.</source>
            <translation>الملف أكبر مما يقبله {where}.</translation>
        </message>
        <message>
            <source>The file is no longer there.</source>
            <translation>لم يعد الملف موجودًا.</translation>
        </message>
        <message>
            <source>The file is not sent without one.</source>
            <translation>لا يُرسل الملف بدونه.</translation>
        </message>
        <message>
            <source>The file is not sent; what was stored of it before is kept for a while.</source>
            <translation>لا يُرسل الملف، ويُحتفظ مدةً بما خُزّن منه من قبل.</translation>
        </message>
        <message>
            <source>The file is not stored.</source>
            <translation>لم يُخزّن الملف.</translation>
        </message>
        <message>
            <source>The file is not stored; what was accepted is kept.</source>
            <translation>لم يُخزّن الملف، ويُحتفظ بما قُبل منه.</translation>
        </message>
        <message>
            <source>The file keeps changing while it is being sent.</source>
            <translation>يتغير الملف باستمرار في أثناء إرساله.</translation>
        </message>
        <message>
            <source>The file waits and goes on by itself; what is stored stays.</source>
            <translation>ينتظر الملف ويتابع تلقائيًا، وما خُزّن يبقى.</translation>
        </message>
        <message>
            <source>The file was damaged on its way and is sent anew</source>
            <translation>تضرر الملف في الطريق ويُرسل من جديد</translation>
        </message>
        <message>
            <source>The file was damaged on its way to {where}.</source>
            <translation>تضرر الملف في طريقه إلى {where}.</translation>
        </message>
        <message>
            <source>The line is cut when {refused} are sent at once.</source>
            <translation>يُقطع الاتصال عند إرسال {refused} دفعة واحدة.</translation>
        </message>
        <message>
            <source>The receiver believes that it is reached at {told}.</source>
            <translation>يظن المستقبِل أن عنوانه هو {told}.</translation>
        </message>
        <message>
            <source>The receiver knows the address under which it is reached.</source>
            <translation>يعرف المستقبِل العنوان الذي يُوصل به إليه.</translation>
        </message>
        <message>
            <source>The receiver {name} answers through {proxy}, and takes the key.</source>
            <translation>يجيب المستقبِل {name} عبر {proxy} ويقبل المفتاح.</translation>
        </message>
        <message>
            <source>The receiver {name} answers, and takes the key.</source>
            <translation>يجيب المستقبِل {name} ويقبل المفتاح.</translation>
        </message>
        <message>
            <source>There is nothing to do but wait.</source>
            <translation>لا حاجة إلا للانتظار.</translation>
        </message>
        <message>
            <source>There is nothing to do.</source>
            <translation>لا حاجة إلى فعل شيء.</translation>
        </message>
        <message>
            <source>This file needs {needed}; {free} is free there, and {promised} of that is promised to other uploads. It goes on by itself when there is room.</source>
            <translation>يحتاج هذا الملف إلى {needed}، والمتاح هناك {free}، منها {promised} محجوزة لعمليات رفع أخرى. يتابع تلقائيًا حين تتوفر مساحة.</translation>
        </message>
        <message>
            <source>This file needs {needed}; {free} is free there. It goes on by itself when there is room.</source>
            <translation>يحتاج هذا الملف إلى {needed}، والمتاح هناك {free}. يتابع تلقائيًا حين تتوفر مساحة.</translation>
        </message>
        <message>
            <source>This is neither a file nor a folder.</source>
            <translation>هذا ليس ملفًا ولا مجلدًا.</translation>
        </message>
        <message>
            <source>Times in receipts are wrong, and secure connections may fail.</source>
            <translation>تكون الأوقات في الإيصالات خاطئة، وقد تفشل الاتصالات الآمنة.</translation>
        </message>
        <message>
            <source>Try again. If it fails again, report it with the details.</source>
            <translation>أعد المحاولة. إن فشلت ثانية فأبلغ عن ذلك مع التفاصيل.</translation>
        </message>
        <message>
            <source>Try again. If it happens again, check disk and memory of both machines.</source>
            <translation>أعد المحاولة. إن تكرر ذلك فافحص القرص والذاكرة في الجهازين.</translation>
        </message>
        <message>
            <source>Uploading</source>
            <translation>جارٍ الرفع</translation>
        </message>
        <message>
            <source>Uploading, went on at {resumed} %</source>
            <translation>جارٍ الرفع، تابع من {resumed} ٪</translation>
        </message>
        <message>
            <source>Verifying</source>
            <translation>جارٍ التحقق</translation>
        </message>
        <message>
            <source>Wait until the program that writes it is done, then try again.</source>
            <translation>انتظر حتى ينتهي البرنامج الذي يكتبه، ثم أعد المحاولة.</translation>
        </message>
        <message>
            <source>Waiting for space on {where}</source>
            <translation>ينتظر مساحة على {where}</translation>
        </message>
        <message>
            <source>Waiting for space on {where}: {missing} more is needed</source>
            <translation>ينتظر مساحة على {where}: ينقص {missing}</translation>
        </message>
        <message>
            <source>Waiting for the network, trying again in {retry}</source>
            <translation>ينتظر الشبكة، محاولة جديدة بعد {retry}</translation>
        </message>
        <message>
            <source>Waiting for the network, trying again now</source>
            <translation>ينتظر الشبكة، محاولة جديدة الآن</translation>
        </message>
        <message>
            <source>Waiting its turn</source>
            <translation>ينتظر دوره</translation>
        </message>
        <message>
            <source>Waiting its turn, goes on at {percent} %</source>
            <translation>ينتظر دوره، ويتابع من {percent} ٪</translation>
        </message>
        <message>
            <source>Waits at {percent} % until you choose {server} again</source>
            <translation>ينتظر عند {percent} ٪ حتى تختار {server} من جديد</translation>
        </message>
        <message>
            <source>Waits until you choose {server} again</source>
            <translation>ينتظر حتى تختار {server} من جديد</translation>
        </message>
        <message>
            <source>What has been stored there stays; the file goes on from there by itself.</source>
            <translation>ما خُزّن هناك يبقى، ويتابع الملف من هناك تلقائيًا.</translation>
        </message>
        <message>
            <source>What is sent arrives at once; nothing in between collects it.</source>
            <translation>ما يُرسل يصل فورًا؛ ولا شيء في الطريق يجمعه.</translation>
        </message>
        <message>
            <source>What lies there is not this file, and does not count as stored.</source>
            <translation>ما يوجد هناك ليس هذا الملف، ولا يُعدّ مخزّنًا.</translation>
        </message>
        <message>
            <source>Wherry has made a mistake.</source>
            <translation>وقع خطأ في Wherry.</translation>
        </message>
        <message>
            <source>Whoever looks after what stands in between has to change that.</source>
            <translation>على من يعتني بما يقع في الطريق أن يغيّر ذلك.</translation>
        </message>
        <message>
            <source>You are not allowed to read this file.</source>
            <translation>لا يُسمح لك بقراءة هذا الملف.</translation>
        </message>
        <message>
            <source>the server</source>
            <translation>الخادم</translation>
        </message>
        <message>
            <source>{between} answers {status} to a request of {refused}.</source>
            <translation>يردّ {between} بالرمز {status} على طلب من {refused}.</translation>
        </message>
        <message>
            <source>{between} collects what is sent before it passes it on.</source>
            <translation>يجمع {between} ما يُرسل قبل أن يمرّره.</translation>
        </message>
        <message>
            <source>{between} refuses requests of {refused}.</source>
            <translation>يرفض {between} الطلبات من {refused}.</translation>
        </message>
        <message>
            <source>{where} asks for a key.</source>
            <translation>يطلب {where} مفتاحًا.</translation>
        </message>
        <message>
            <source>{where} cannot be reached.</source>
            <translation>لا يمكن الوصول إلى {where}.</translation>
        </message>
        <message>
            <source>{where} could not write the file to its disk.</source>
            <translation>تعذّر على {where} كتابة الملف على قرصه.</translation>
        </message>
        <message>
            <source>{where} could not write, trying again in {retry}</source>
            <translation>تعذّرت الكتابة على {where}، محاولة جديدة بعد {retry}</translation>
        </message>
        <message>
            <source>{where} could not write, trying again now</source>
            <translation>تعذّرت الكتابة على {where}، محاولة جديدة الآن</translation>
        </message>
        <message>
            <source>{where} does not accept the key.</source>
            <translation>لا يقبل {where} المفتاح.</translation>
        </message>
        <message>
            <source>{where} does not prove that it is {where}.</source>
            <translation>لم يُثبت {where} هويته.</translation>
        </message>
        <message>
            <source>{where} had too many wrong keys, trying again in {retry}</source>
            <translation>تلقّى {where} مفاتيح خاطئة كثيرة، محاولة جديدة بعد {retry}</translation>
        </message>
        <message>
            <source>{where} had too many wrong keys, trying again now</source>
            <translation>تلقّى {where} مفاتيح خاطئة كثيرة، محاولة جديدة الآن</translation>
        </message>
        <message>
            <source>{where} is busy with other uploads.</source>
            <translation>ينشغل {where} بعمليات رفع أخرى.</translation>
        </message>
        <message>
            <source>{where} is busy, trying again in {retry}</source>
            <translation>{where} مشغول، محاولة جديدة بعد {retry}</translation>
        </message>
        <message>
            <source>{where} is busy, trying again now</source>
            <translation>{where} مشغول، محاولة جديدة الآن</translation>
        </message>
        <message>
            <source>{where} is short of memory, trying again in {retry}</source>
            <translation>ذاكرة {where} لا تكفي، محاولة جديدة بعد {retry}</translation>
        </message>
        <message>
            <source>{where} is short of memory, trying again now</source>
            <translation>ذاكرة {where} لا تكفي، محاولة جديدة الآن</translation>
        </message>
        <message>
            <source>{where} is short of memory.</source>
            <translation>ذاكرة {where} لا تكفي.</translation>
        </message>
        <message>
            <source>{where} no longer has the beginning of the file.</source>
            <translation>لم تعد بداية الملف موجودة على {where}.</translation>
        </message>
        <message>
            <source>{where} no longer has the beginning; all is sent anew</source>
            <translation>لم تعد البداية على {where}، ويُرسل كله من جديد</translation>
        </message>
        <message>
            <source>{where} was given a wrong key too often from this computer.</source>
            <translation>تلقّى {where} مفتاحًا خاطئًا من هذا الحاسوب مرات كثيرة.</translation>
        </message>
    </context>
    <context>
        <name>Notice</name>
        <message>
            <source>Dismiss</source>
            <translation>إخفاء</translation>
        </message>
        <message>
            <source>Dismiss this notice</source>
            <translation>إخفاء هذا التنبيه</translation>
        </message>
    </context>
    <context>
        <name>Notifications</name>
        <message numerus="yes">
            <source>%Ln files are stored on {server}.</source>
            <translation>
                <numerusform>لم يُخزّن أي ملف على {server}.</numerusform>
                <numerusform>خُزّن ملف واحد على {server}.</numerusform>
                <numerusform>خُزّن ملفان على {server}.</numerusform>
                <numerusform>خُزّنت %Ln ملفات على {server}.</numerusform>
                <numerusform>خُزّن %Ln ملفًا على {server}.</numerusform>
                <numerusform>خُزّن %Ln ملف على {server}.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln files could not be sent</source>
            <translation>
                <numerusform>أُرسلت كل الملفات</numerusform>
                <numerusform>تعذّر إرسال ملف واحد</numerusform>
                <numerusform>تعذّر إرسال ملفين</numerusform>
                <numerusform>تعذّر إرسال %Ln ملفات</numerusform>
                <numerusform>تعذّر إرسال %Ln ملفًا</numerusform>
                <numerusform>تعذّر إرسال %Ln ملف</numerusform>
            </translation>
        </message>
        <message>
            <source>Everything is stored</source>
            <translation>خُزّن كل شيء</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>فتح</translation>
        </message>
        <message>
            <source>Open Wherry to see why, and what to do.</source>
            <translation>افتح Wherry لمعرفة السبب وما يمكن فعله.</translation>
        </message>
    </context>
    <context>
        <name>PageActions</name>
        <message>
            <source>&amp;Go on</source>
            <translation>متابعة</translation>
        </message>
        <message>
            <source>&amp;Pause all</source>
            <translation>إيقاف الكل مؤقتًا</translation>
        </message>
        <message>
            <source>&amp;Try failed again</source>
            <translation>إعادة محاولة ما فشل</translation>
        </message>
        <message>
            <source>Add &amp;files…</source>
            <translation>إضافة ملفات…</translation>
        </message>
        <message>
            <source>Add fol&amp;der…</source>
            <translation>إضافة مجلد…</translation>
        </message>
        <message>
            <source>C&amp;hange folder…</source>
            <translation>تغيير المجلد…</translation>
        </message>
        <message>
            <source>Clear fini&amp;shed</source>
            <translation>إزالة المنتهي</translation>
        </message>
        <message>
            <source>D&amp;etails…</source>
            <translation>التفاصيل…</translation>
        </message>
        <message>
            <source>Deta&amp;ils…</source>
            <translation>التفاصيل…</translation>
        </message>
        <message>
            <source>Open folde&amp;r</source>
            <translation>فتح المجلد</translation>
        </message>
        <message>
            <source>Paste</source>
            <translation>لصق</translation>
        </message>
    </context>
    <context>
        <name>PageTabs</name>
        <message>
            <source>Pages</source>
            <translation>الصفحات</translation>
        </message>
        <message>
            <source>Receive</source>
            <translation>استقبال</translation>
        </message>
        <message>
            <source>Send</source>
            <translation>إرسال</translation>
        </message>
    </context>
    <context>
        <name>ProblemText</name>
        <message numerus="yes">
            <source>%Ln things could not be added to the list</source>
            <translation>
                <numerusform>أُضيف كل شيء إلى القائمة</numerusform>
                <numerusform>تعذّرت إضافة عنصر واحد إلى القائمة</numerusform>
                <numerusform>تعذّرت إضافة عنصرين إلى القائمة</numerusform>
                <numerusform>تعذّرت إضافة %Ln عناصر إلى القائمة</numerusform>
                <numerusform>تعذّرت إضافة %Ln عنصرًا إلى القائمة</numerusform>
                <numerusform>تعذّرت إضافة %Ln عنصر إلى القائمة</numerusform>
            </translation>
        </message>
        <message>
            <source>Code</source>
            <translation>الرمز</translation>
        </message>
        <message>
            <source>Details</source>
            <translation>التفاصيل</translation>
        </message>
        <message>
            <source>File</source>
            <translation>الملف</translation>
        </message>
        <message>
            <source>Route</source>
            <translation>المسار</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>الحجم</translation>
        </message>
        <message>
            <source>State</source>
            <translation>الحالة</translation>
        </message>
        <message>
            <source>Stored</source>
            <translation>خُزّن</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>الوقت</translation>
        </message>
        <message>
            <source>Where</source>
            <translation>المكان</translation>
        </message>
        <message numerus="yes">
            <source>and %Ln more</source>
            <translation>
                <numerusform>ولا شيء غيرها</numerusform>
                <numerusform>وواحد آخر</numerusform>
                <numerusform>واثنان آخران</numerusform>
                <numerusform>و%Ln أخرى</numerusform>
                <numerusform>و%Ln غيرها</numerusform>
                <numerusform>و%Ln غيرها</numerusform>
            </translation>
        </message>
        <message>
            <source>{count} bytes</source>
            <translation>{count} بايت</translation>
        </message>
        <message>
            <source>{name}: this is no file of this computer.</source>
            <translation>{name}: هذا ليس ملفًا على هذا الحاسوب.</translation>
        </message>
    </context>
    <context>
        <name>Program</name>
        <message>
            <source>Wherry is already open. Add your files and choose the server in the window that is there: two windows would send the same list twice.</source>
            <translation>إن Wherry مفتوح من قبل. أضف ملفاتك واختر الخادم في النافذة المفتوحة: نافذتان سترسلان القائمة نفسها مرتين.</translation>
        </message>
        <message>
            <source>this computer</source>
            <translation>هذا الحاسوب</translation>
        </message>
    </context>
    <context>
        <name>ProgramMenu</name>
        <message>
            <source>&amp;About Wherry</source>
            <translation>حول Wherry</translation>
        </message>
        <message>
            <source>&amp;Ask again before closing</source>
            <translation>السؤال من جديد قبل الإغلاق</translation>
        </message>
        <message>
            <source>&amp;Language</source>
            <translation>اللغة</translation>
        </message>
        <message>
            <source>&amp;Quit</source>
            <translation>إنهاء</translation>
        </message>
        <message>
            <source>As the system has it</source>
            <translation>كما في النظام</translation>
        </message>
        <message>
            <source>Wherry speaks this language when it is started the next time.</source>
            <translation>سيستخدم Wherry هذه اللغة عند تشغيله في المرة القادمة.</translation>
        </message>
    </context>
    <context>
        <name>Question</name>
        <message>
            <source>&amp;Cancel</source>
            <translation>إلغاء</translation>
        </message>
    </context>
    <context>
        <name>Questions</name>
        <message>
            <source>&amp;Make a new link</source>
            <translation>إنشاء رابط جديد</translation>
        </message>
        <message>
            <source>Make a new link?</source>
            <translation>هل تريد إنشاء رابط جديد؟</translation>
        </message>
        <message>
            <source>Whoever has the link you gave out so far cannot send to this computer any more, until you give them the new one. What they have sent stays.</source>
            <translation>من لديه الرابط الحالي لن يستطيع الإرسال إلى هذا الحاسوب حتى تعطيه الرابط الجديد. ما أُرسل من قبل يبقى.</translation>
        </message>
    </context>
    <context>
        <name>QueueModel</name>
        <message>
            <source>File</source>
            <translation>الملف</translation>
        </message>
    </context>
    <context>
        <name>QueueView</name>
        <message>
            <source>Files in the list</source>
            <translation>الملفات في القائمة</translation>
        </message>
    </context>
    <context>
        <name>ReceiptDialog</name>
        <message numerus="yes">
            <source>%Ln bytes</source>
            <translation>
                <numerusform>%Ln بايت</numerusform>
                <numerusform>بايت واحد</numerusform>
                <numerusform>%Ln بايت</numerusform>
                <numerusform>%Ln بايت</numerusform>
                <numerusform>%Ln بايت</numerusform>
                <numerusform>%Ln بايت</numerusform>
            </translation>
        </message>
        <message>
            <source>&amp;Copied</source>
            <translation>تم النسخ</translation>
        </message>
        <message>
            <source>&amp;Copy</source>
            <translation>نسخ</translation>
        </message>
        <message>
            <source>&amp;Save…</source>
            <translation>حفظ…</translation>
        </message>
        <message>
            <source>Begun</source>
            <translation>البداية</translation>
        </message>
        <message>
            <source>C&amp;lose</source>
            <translation>إغلاق</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>الاسم</translation>
        </message>
        <message>
            <source>On average</source>
            <translation>في المتوسط</translation>
        </message>
        <message>
            <source>Receipt</source>
            <translation>إيصال</translation>
        </message>
        <message>
            <source>Receipt to copy</source>
            <translation>إيصال للنسخ</translation>
        </message>
        <message>
            <source>Save the receipt</source>
            <translation>حفظ الإيصال</translation>
        </message>
        <message>
            <source>Saved as {place}</source>
            <translation>حُفظ باسم {place}</translation>
        </message>
        <message>
            <source>Sent by</source>
            <translation>أرسله</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>الحجم</translation>
        </message>
        <message>
            <source>Stored</source>
            <translation>خُزّن</translation>
        </message>
        <message>
            <source>Stored as</source>
            <translation>خُزّن باسم</translation>
        </message>
        <message>
            <source>Stored whole. The second checksum is still being computed.</source>
            <translation>خُزّن كاملًا. ما زال المجموع الاختباري الثاني يُحسب.</translation>
        </message>
        <message>
            <source>Text (*.txt)</source>
            <translation>نص (*.txt)</translation>
        </message>
        <message>
            <source>The file was checked while it came, and stored whole.</source>
            <translation>فُحص الملف عند وصوله وخُزّن كاملًا.</translation>
        </message>
        <message>
            <source>The receipt could not be saved there: {reason}.</source>
            <translation>تعذّر حفظ الإيصال هناك: {reason}.</translation>
        </message>
        <message>
            <source>receipt</source>
            <translation>إيصال</translation>
        </message>
        <message>
            <source>{count} bytes</source>
            <translation>{count} بايت</translation>
        </message>
    </context>
    <context>
        <name>ReceivePage</name>
        <message>
            <source>&amp;Details…</source>
            <translation>التفاصيل…</translation>
        </message>
    </context>
    <context>
        <name>ReceivedCard</name>
        <message>
            <source>&amp;Open</source>
            <translation>فتح</translation>
        </message>
        <message>
            <source>&amp;Show in folder</source>
            <translation>عرض في المجلد</translation>
        </message>
        <message>
            <source>Nothing has been received yet.</source>
            <translation>لم يُستقبل شيء بعد.</translation>
        </message>
        <message>
            <source>Rece&amp;ipt…</source>
            <translation>الإيصال…</translation>
        </message>
        <message>
            <source>Received lately</source>
            <translation>ما استُقبل مؤخرًا</translation>
        </message>
    </context>
    <context>
        <name>ReceivedModel</name>
        <message>
            <source>From</source>
            <translation>من</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>الاسم</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>الحجم</translation>
        </message>
        <message>
            <source>Stored</source>
            <translation>خُزّن</translation>
        </message>
    </context>
    <context>
        <name>ReceiverCard</name>
        <message>
            <source>&amp;Receive files on this computer</source>
            <translation>استقبال الملفات على هذا الحاسوب</translation>
        </message>
        <message>
            <source>C&amp;hange folder…</source>
            <translation>تغيير المجلد…</translation>
        </message>
        <message>
            <source>Disk of this computer in use</source>
            <translation>المستخدم من قرص هذا الحاسوب</translation>
        </message>
        <message>
            <source>Free space</source>
            <translation>المساحة المتاحة</translation>
        </message>
        <message>
            <source>How the receiver stands</source>
            <translation>حالة المستقبِل</translation>
        </message>
        <message>
            <source>Open folde&amp;r</source>
            <translation>فتح المجلد</translation>
        </message>
        <message>
            <source>Receiver on this computer</source>
            <translation>المستقبِل على هذا الحاسوب</translation>
        </message>
        <message>
            <source>{size} free</source>
            <translation>{size} متاحة</translation>
        </message>
    </context>
    <context>
        <name>ReceiverWords</name>
        <message>
            <source>Another program is using this port. Choose another one on the page Receive, for example {free}.</source>
            <translation>يستخدم برنامج آخر هذا المنفذ. اختر غيره في صفحة الاستقبال، مثل {free}.</translation>
        </message>
        <message>
            <source>Another receiver is already using this folder. Close the other one, or choose another folder.</source>
            <translation>يستخدم مستقبِل آخر هذا المجلد. أغلقه، أو اختر مجلدًا آخر.</translation>
        </message>
        <message>
            <source>Files cannot be stored in {folder}.</source>
            <translation>تعذّر تخزين الملفات في {folder}.</translation>
        </message>
        <message>
            <source>It is not a folder. Choose another one.</source>
            <translation>هذا ليس مجلدًا. اختر غيره.</translation>
        </message>
        <message>
            <source>It is tried again and again. Choosing another folder may help; if it does not, give the text under Details to whoever helps you.</source>
            <translation>تتكرر المحاولة. قد يفيد اختيار مجلد آخر، وإلا فأعطِ النص الذي تحت التفاصيل لمن يساعدك.</translation>
        </message>
        <message>
            <source>Others cannot reach this computer on port {port}.</source>
            <translation>لا يستطيع آخرون الوصول إلى هذا الحاسوب عبر المنفذ {port}.</translation>
        </message>
        <message>
            <source>The disk is full. Make room there, or choose a folder on another disk.</source>
            <translation>القرص ممتلئ. أفرغ مساحة عليه، أو اختر مجلدًا على قرص آخر.</translation>
        </message>
        <message>
            <source>The receiver on this computer does not start.</source>
            <translation>لا يبدأ المستقبِل على هذا الحاسوب.</translation>
        </message>
        <message>
            <source>This computer keeps this port for itself. Choose one above 1023 on the page Receive.</source>
            <translation>يحتفظ هذا الحاسوب بهذا المنفذ لنفسه. اختر منفذًا فوق 1023 في صفحة الاستقبال.</translation>
        </message>
        <message>
            <source>Wherry is not allowed to write there. Choose another folder, or ask whoever looks after this computer for permission.</source>
            <translation>لا يُسمح لـ Wherry بالكتابة هناك. اختر مجلدًا آخر، أو اطلب الإذن ممن يعتني بهذا الحاسوب.</translation>
        </message>
        <message>
            <source>Your list is kept, and goes on as soon as this is solved.</source>
            <translation>قائمتك محفوظة، وتتابع حالما يُحل هذا.</translation>
        </message>
    </context>
    <context>
        <name>Receiving</name>
        <message>
            <source>{name} is no longer there: it was moved, renamed or deleted.</source>
            <translation>لم يعد {name} موجودًا: نُقل أو غُيّر اسمه أو حُذف.</translation>
        </message>
    </context>
    <context>
        <name>RowMenu</name>
        <message>
            <source>&amp;Cancel</source>
            <translation>إلغاء</translation>
        </message>
        <message>
            <source>&amp;Details…</source>
            <translation>التفاصيل…</translation>
        </message>
        <message>
            <source>&amp;Go on</source>
            <translation>متابعة</translation>
        </message>
        <message>
            <source>&amp;Pause</source>
            <translation>إيقاف مؤقت</translation>
        </message>
        <message>
            <source>&amp;Remove from the list</source>
            <translation>إزالة من القائمة</translation>
        </message>
        <message>
            <source>&amp;Show the file</source>
            <translation>عرض الملف</translation>
        </message>
        <message>
            <source>&amp;Show the folder</source>
            <translation>عرض المجلد</translation>
        </message>
        <message>
            <source>&amp;Try again</source>
            <translation>إعادة المحاولة</translation>
        </message>
        <message>
            <source>Del</source>
            <translation>Del</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Enter</translation>
        </message>
        <message>
            <source>R&amp;eceipt…</source>
            <translation>الإيصال…</translation>
        </message>
        <message>
            <source>Send &amp;first</source>
            <translation>إرساله أولًا</translation>
        </message>
        <message>
            <source>Send &amp;last</source>
            <translation>إرساله أخيرًا</translation>
        </message>
        <message>
            <source>Space</source>
            <translation>مسافة</translation>
        </message>
    </context>
    <context>
        <name>RowRequests</name>
        <message>
            <source>The file is stored; only its receipt cannot be shown now.</source>
            <translation>الملف مخزّن، لكن لا يمكن عرض إيصاله الآن.</translation>
        </message>
        <message>
            <source>{where} has no receipt of this file</source>
            <translation>لا إيصال لهذا الملف لدى {where}</translation>
        </message>
    </context>
    <context>
        <name>RowWords</name>
        <message numerus="yes">
            <source>%Ln cancelled</source>
            <translation>
                <numerusform>لم يُلغَ شيء</numerusform>
                <numerusform>أُلغي ملف واحد</numerusform>
                <numerusform>أُلغي ملفان</numerusform>
                <numerusform>أُلغيت %Ln ملفات</numerusform>
                <numerusform>أُلغي %Ln ملفًا</numerusform>
                <numerusform>أُلغي %Ln ملف</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln failed</source>
            <translation>
                <numerusform>لم يفشل شيء</numerusform>
                <numerusform>فشل ملف واحد</numerusform>
                <numerusform>فشل ملفان</numerusform>
                <numerusform>فشلت %Ln ملفات</numerusform>
                <numerusform>فشل %Ln ملفًا</numerusform>
                <numerusform>فشل %Ln ملف</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln files</source>
            <translation>
                <numerusform>لا ملفات</numerusform>
                <numerusform>ملف واحد</numerusform>
                <numerusform>ملفان</numerusform>
                <numerusform>%Ln ملفات</numerusform>
                <numerusform>%Ln ملفًا</numerusform>
                <numerusform>%Ln ملف</numerusform>
            </translation>
        </message>
        <message>
            <source>, </source>
            <translation>، </translation>
        </message>
        <message>
            <source>Stored as {name}</source>
            <translation>خُزّن باسم {name}</translation>
        </message>
        <message>
            <source>closed</source>
            <translation>مغلق</translation>
        </message>
        <message>
            <source>in memory</source>
            <translation>في الذاكرة</translation>
        </message>
        <message>
            <source>open</source>
            <translation>مفتوح</translation>
        </message>
        <message>
            <source>streamed</source>
            <translation>بالتدفق</translation>
        </message>
        <message>
            <source>{name}, folder, {opened}, {state}, {share} stored</source>
            <translation>{name}، مجلد، {opened}، {state}، خُزّن {share}</translation>
        </message>
        <message>
            <source>{name}, {state}, {share} stored</source>
            <translation>{name}، {state}، خُزّن {share}</translation>
        </message>
        <message>
            <source>{state} · {route}</source>
            <translation>{state} · {route}</translation>
        </message>
        <message>
            <source>{stored} of {files} stored</source>
            <translation>خُزّن {stored} من {files}</translation>
        </message>
    </context>
    <context>
        <name>SendPage</name>
        <message>
            <source>C&amp;heck the way there…</source>
            <translation>افحص الطريق إليه…</translation>
        </message>
        <message>
            <source>Files are sent all the same. What is not finished when the window is closed has to be added again.</source>
            <translation>تُرسل الملفات مع ذلك. وما لم يكتمل عند إغلاق النافذة يجب إضافته من جديد.</translation>
        </message>
        <message>
            <source>List</source>
            <translation>القائمة</translation>
        </message>
        <message>
            <source>Not added</source>
            <translation>لم يُضف</translation>
        </message>
        <message>
            <source>The list of files cannot be kept on this computer: {reason}</source>
            <translation>لا يمكن حفظ قائمة الملفات على هذا الحاسوب: {reason}</translation>
        </message>
        <message>
            <source>The list of files was damaged and begins anew</source>
            <translation>كانت قائمة الملفات تالفة وتبدأ من جديد</translation>
        </message>
        <message>
            <source>What is left of the old one is kept as {file}. Add again what was not finished.</source>
            <translation>ما تبقّى من القائمة القديمة محفوظ في {file}. أضِف من جديد ما لم يكتمل.</translation>
        </message>
    </context>
    <context>
        <name>ServerPicker</name>
        <message>
            <source>&amp;Add a server…</source>
            <translation>إضافة خادم…</translation>
        </message>
        <message>
            <source>&amp;Saved servers…</source>
            <translation>الخوادم المحفوظة…</translation>
        </message>
        <message>
            <source>Choose where files go</source>
            <translation>اختر وجهة الملفات</translation>
        </message>
        <message>
            <source>Choose where files go ({keys})</source>
            <translation>اختر وجهة الملفات ({keys})</translation>
        </message>
        <message>
            <source>Opens a list of servers</source>
            <translation>يفتح قائمة الخوادم</translation>
        </message>
        <message>
            <source>Send to: {name}</source>
            <translation>الإرسال إلى: {name}</translation>
        </message>
        <message>
            <source>To: {name}</source>
            <translation>إلى: {name}</translation>
        </message>
        <message>
            <source>Where to send</source>
            <translation>إلى أين الإرسال</translation>
        </message>
    </context>
    <context>
        <name>ServersDialog</name>
        <message numerus="yes">
            <source>%Ln files wait for it.</source>
            <translation>
                <numerusform>لا ملفات تنتظره.</numerusform>
                <numerusform>ملف واحد ينتظره.</numerusform>
                <numerusform>ملفان ينتظرانه.</numerusform>
                <numerusform>%Ln ملفات تنتظره.</numerusform>
                <numerusform>%Ln ملفًا ينتظره.</numerusform>
                <numerusform>%Ln ملف ينتظره.</numerusform>
            </translation>
        </message>
        <message>
            <source>&amp;Rename</source>
            <translation>إعادة تسمية</translation>
        </message>
        <message>
            <source>C&amp;lose</source>
            <translation>إغلاق</translation>
        </message>
        <message>
            <source>Chec&amp;k this server…</source>
            <translation>افحص هذا الخادم…</translation>
        </message>
        <message>
            <source>No server is saved.</source>
            <translation>لا خوادم محفوظة.</translation>
        </message>
        <message>
            <source>On the list they stay, and go on when this server is added again.</source>
            <translation>تبقى على القائمة، وتتابع حين يُضاف هذا الخادم من جديد.</translation>
        </message>
        <message>
            <source>Re&amp;move</source>
            <translation>إزالة</translation>
        </message>
        <message>
            <source>Re&amp;move all the same</source>
            <translation>إزالة على أي حال</translation>
        </message>
        <message>
            <source>Saved servers</source>
            <translation>الخوادم المحفوظة</translation>
        </message>
        <message>
            <source>What removing means</source>
            <translation>معنى الإزالة</translation>
        </message>
    </context>
    <context>
        <name>SharingCard</name>
        <message>
            <source>&amp;Address</source>
            <translation>العنوان</translation>
        </message>
        <message>
            <source>&amp;Copied</source>
            <translation>تم النسخ</translation>
        </message>
        <message>
            <source>&amp;Copy link</source>
            <translation>نسخ الرابط</translation>
        </message>
        <message>
            <source>&amp;New link…</source>
            <translation>رابط جديد…</translation>
        </message>
        <message>
            <source>&amp;Port</source>
            <translation>المنفذ</translation>
        </message>
        <message>
            <source>Address</source>
            <translation>العنوان</translation>
        </message>
        <message>
            <source>Fingerprint</source>
            <translation>البصمة</translation>
        </message>
        <message>
            <source>Let &amp;others send to this computer</source>
            <translation>السماح لآخرين بالإرسال إلى هذا الحاسوب</translation>
        </message>
        <message>
            <source>Making the link…</source>
            <translation>جارٍ إنشاء الرابط…</translation>
        </message>
        <message>
            <source>Others</source>
            <translation>الآخرون</translation>
        </message>
        <message>
            <source>QR code of the link</source>
            <translation>رمز QR للرابط</translation>
        </message>
        <message>
            <source>The link could not be made: {reason}</source>
            <translation>تعذّر إنشاء الرابط: {reason}</translation>
        </message>
        <message>
            <source>This computer is in no network that others could reach it by.</source>
            <translation>هذا الحاسوب ليس في شبكة يصل منها الآخرون إليه.</translation>
        </message>
        <message>
            <source>Turn this on to get a link. Whoever has the link can send files here, from Wherry on another computer of your network; nobody can read along or fetch files.</source>
            <translation>شغّل هذا للحصول على رابط. من لديه الرابط يستطيع إرسال ملفات إلى هنا من Wherry على حاسوب آخر في شبكتك، ولا يستطيع أحد التنصت ولا جلب الملفات.</translation>
        </message>
        <message>
            <source>Whoever has this link can send files here: paste it into Wherry under “Add a server”, or scan the code. It stays the same until you ask for a new one.</source>
            <translation>من لديه هذا الرابط يستطيع إرسال ملفات إلى هنا: بلصقه في Wherry عند «إضافة خادم»، أو بمسح الرمز. يبقى كما هو حتى تطلب رابطًا جديدًا.</translation>
        </message>
    </context>
    <context>
        <name>SummaryBar</name>
        <message>
            <source>, </source>
            <translation>، </translation>
        </message>
        <message>
            <source>All files</source>
            <translation>كل الملفات</translation>
        </message>
        <message>
            <source>Summary</source>
            <translation>الملخص</translation>
        </message>
        <message numerus="yes">
            <source>{stored} of %Ln files</source>
            <translation>
                <numerusform>{stored} من %Ln ملف</numerusform>
                <numerusform>{stored} من ملف واحد</numerusform>
                <numerusform>{stored} من ملفين</numerusform>
                <numerusform>{stored} من %Ln ملفات</numerusform>
                <numerusform>{stored} من %Ln ملفًا</numerusform>
                <numerusform>{stored} من %Ln ملف</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{stored} of %Ln files to {server}</source>
            <translation>
                <numerusform>{stored} من %Ln ملف إلى {server}</numerusform>
                <numerusform>{stored} من ملف واحد إلى {server}</numerusform>
                <numerusform>{stored} من ملفين إلى {server}</numerusform>
                <numerusform>{stored} من %Ln ملفات إلى {server}</numerusform>
                <numerusform>{stored} من %Ln ملفًا إلى {server}</numerusform>
                <numerusform>{stored} من %Ln ملف إلى {server}</numerusform>
            </translation>
        </message>
        <message>
            <source>{summary}, more are being added</source>
            <translation>{summary}، ويُضاف المزيد</translation>
        </message>
    </context>
    <context>
        <name>Text</name>
        <message>
            <source>{label}: {text}</source>
            <translation>{label}: {text}</translation>
        </message>
    </context>
    <context>
        <name>Tray</name>
        <message>
            <source>&amp;Go on</source>
            <translation>متابعة</translation>
        </message>
        <message>
            <source>&amp;Open Wherry</source>
            <translation>فتح Wherry</translation>
        </message>
        <message>
            <source>&amp;Pause all</source>
            <translation>إيقاف الكل مؤقتًا</translation>
        </message>
        <message>
            <source>&amp;Quit</source>
            <translation>إنهاء</translation>
        </message>
    </context>
    <context>
        <name>TroubleNotice</name>
        <message>
            <source>Receiver</source>
            <translation>المستقبِل</translation>
        </message>
        <message>
            <source>Use port {port}</source>
            <translation>استخدام المنفذ {port}</translation>
        </message>
    </context>
    <context>
        <name>WaitingLine</name>
        <message numerus="yes">
            <source>%Ln files wait for {name}</source>
            <translation>
                <numerusform>لا ملفات تنتظر {name}</numerusform>
                <numerusform>ملف واحد ينتظر {name}</numerusform>
                <numerusform>ملفان ينتظران {name}</numerusform>
                <numerusform>%Ln ملفات تنتظر {name}</numerusform>
                <numerusform>%Ln ملفًا ينتظر {name}</numerusform>
                <numerusform>%Ln ملف ينتظر {name}</numerusform>
            </translation>
        </message>
        <message>
            <source>, </source>
            <translation>، </translation>
        </message>
        <message>
            <source>Add {name} again…</source>
            <translation>إضافة {name} من جديد…</translation>
        </message>
        <message>
            <source>Send there</source>
            <translation>أرسل إليه</translation>
        </message>
        <message>
            <source>Send to {name}</source>
            <translation>إرسال إلى {name}</translation>
        </message>
    </context>
    <context>
        <name>Words</name>
        <message>
            <source>by link</source>
            <translation>عبر الرابط</translation>
        </message>
        <message>
            <source>this computer</source>
            <translation>هذا الحاسوب</translation>
        </message>
        <message>
            <source>unknown</source>
            <translation>غير معروف</translation>
        </message>
        <message>
            <source>{days} d {hours} h</source>
            <translation>{days} ي {hours} س</translation>
        </message>
        <message>
            <source>{folder} in your home folder</source>
            <translation>{folder} في مجلدك الشخصي</translation>
        </message>
        <message>
            <source>{hours} h {minutes} min</source>
            <translation>{hours} س {minutes} د</translation>
        </message>
        <message>
            <source>{minutes} min {s} s</source>
            <translation>{minutes} د {s} ث</translation>
        </message>
        <message>
            <source>{n} %</source>
            <translation>{n}٪</translation>
        </message>
        <message>
            <source>{part} of {whole}</source>
            <translation>{part} من {whole}</translation>
        </message>
        <message>
            <source>{size}/s</source>
            <translation>{size}/ث</translation>
        </message>
        <message>
            <source>{s} s</source>
            <translation>{s} ث</translation>
        </message>
        <message>
            <source>{time} ago</source>
            <translation>قبل {time}</translation>
        </message>
        <message>
            <source>{time} left</source>
            <translation>بقي {time}</translation>
        </message>
    </context>
    <context>
        <name>_Row</name>
        <message>
            <source>Arrived of {name}</source>
            <translation>وصل من {name}</translation>
        </message>
        <message>
            <source>Storing</source>
            <translation>جارٍ التخزين</translation>
        </message>
        <message>
            <source>waits for its sender</source>
            <translation>ينتظر المرسل</translation>
        </message>
    </context>
</TS>
