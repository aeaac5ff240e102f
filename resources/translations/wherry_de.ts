<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
    <context>
        <name>AboutDialog</name>
        <message>
            <source>About Wherry</source>
            <translation>Über Wherry</translation>
        </message>
        <message>
            <source>Files of any size through very little memory. Free software under the MIT licence. Its log is {log}</source>
            <translation>Dateien jeder Größe durch sehr wenig Arbeitsspeicher. Freie Software unter der MIT-Lizenz. Das Protokoll liegt in {log}</translation>
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
            <translation>&amp;Abbrechen</translation>
        </message>
        <message>
            <source>&amp;Key</source>
            <translation>&amp;Schlüssel</translation>
        </message>
        <message>
            <source>&amp;Link or address</source>
            <translation>&amp;Link oder Adresse</translation>
        </message>
        <message>
            <source>&amp;Name in this window</source>
            <translation>&amp;Name in diesem Fenster</translation>
        </message>
        <message>
            <source>&amp;Save all the same</source>
            <translation>&amp;Trotzdem speichern</translation>
        </message>
        <message>
            <source>&amp;Save and send there</source>
            <translation>&amp;Speichern und dorthin senden</translation>
        </message>
        <message>
            <source>Add a server</source>
            <translation>Server hinzufügen</translation>
        </message>
        <message>
            <source>An address begins with https:// or http://, a link with wherry://.</source>
            <translation>Eine Adresse beginnt mit https:// oder http://, ein Link mit wherry://.</translation>
        </message>
        <message>
            <source>C&amp;lose</source>
            <translation>S&amp;chließen</translation>
        </message>
        <message>
            <source>Copy it once more, from its beginning to its end.</source>
            <translation>Kopieren Sie ihn noch einmal, vom Anfang bis zum Ende.</translation>
        </message>
        <message>
            <source>Files go there until the window is closed. After that, add it once more.</source>
            <translation>Dateien gehen dorthin, bis das Fenster geschlossen wird. Fügen Sie den Server danach noch einmal hinzu.</translation>
        </message>
        <message>
            <source>Looking…</source>
            <translation>Wird gesucht …</translation>
        </message>
        <message>
            <source>Paste the link that you got from whoever runs the receiver.</source>
            <translation>Fügen Sie den Link ein, den Sie vom Betreiber des Empfängers bekommen haben.</translation>
        </message>
        <message>
            <source>Saved, but its key could not be kept.</source>
            <translation>Gespeichert, aber der Schlüssel konnte nicht aufbewahrt werden.</translation>
        </message>
        <message>
            <source>Saved. Files go there from now on.</source>
            <translation>Gespeichert. Dateien gehen von jetzt an dorthin.</translation>
        </message>
        <message>
            <source>Saving…</source>
            <translation>Wird gespeichert …</translation>
        </message>
        <message>
            <source>The line to it is not encrypted: use it in networks that you trust.</source>
            <translation>Die Leitung dorthin ist nicht verschlüsselt: Benutzen Sie sie nur in Netzen, denen Sie vertrauen.</translation>
        </message>
        <message>
            <source>The link is not complete.</source>
            <translation>Der Link ist nicht vollständig.</translation>
        </message>
        <message>
            <source>The server could not be saved.</source>
            <translation>Der Server konnte nicht gespeichert werden.</translation>
        </message>
        <message>
            <source>This computer has no keyring for passwords, or it did not open. So the key is kept in a file that only you can read.</source>
            <translation>Dieser Computer hat keinen Schlüsselbund für Passwörter, oder er ließ sich nicht öffnen. Darum liegt der Schlüssel in einer Datei, die nur Sie lesen können.</translation>
        </message>
        <message>
            <source>This is no address yet.</source>
            <translation>Das ist noch keine Adresse.</translation>
        </message>
        <message>
            <source>What was found</source>
            <translation>Was gefunden wurde</translation>
        </message>
        <message>
            <source>{name}, {size} free</source>
            <translation>{name}, {size} frei</translation>
        </message>
    </context>
    <context>
        <name>ArrivingCard</name>
        <message>
            <source>Arriving now</source>
            <translation>Kommt gerade an</translation>
        </message>
        <message>
            <source>Nobody is sending to this computer.</source>
            <translation>Niemand sendet gerade an diesen Computer.</translation>
        </message>
        <message numerus="yes">
            <source>and %Ln more</source>
            <translation>
                <numerusform>und %Ln weitere</numerusform>
                <numerusform>und %Ln weitere</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>CancelQuestion</name>
        <message>
            <source>&amp;Keep uploading</source>
            <translation>&amp;Weiter hochladen</translation>
        </message>
        <message numerus="yes">
            <source>Cancel %Ln uploads that have begun?</source>
            <translation>
                <numerusform>%Ln begonnenes Hochladen abbrechen?</numerusform>
                <numerusform>Hochladen von %Ln begonnenen Dateien abbrechen?</numerusform>
            </translation>
        </message>
        <message>
            <source>Cancel the &amp;upload</source>
            <translation>&amp;Hochladen abbrechen</translation>
        </message>
        <message>
            <source>Cancel the &amp;uploads</source>
            <translation>&amp;Hochladen abbrechen</translation>
        </message>
        <message>
            <source>Cancel the upload of {name}?</source>
            <translation>Hochladen von {name} abbrechen?</translation>
        </message>
        <message>
            <source>their servers</source>
            <translation>ihre Server</translation>
        </message>
        <message>
            <source>{size} of it is already on {where}, and is dropped there. The file on this computer stays.</source>
            <translation>{size} davon wurden schon an {where} gesendet und werden dort verworfen. Die Datei auf diesem Computer bleibt.</translation>
        </message>
        <message>
            <source>{size} of them is already on {where}, and is dropped there. The files on this computer stay.</source>
            <translation>{size} davon wurden schon an {where} gesendet und werden dort verworfen. Die Dateien auf diesem Computer bleiben.</translation>
        </message>
    </context>
    <context>
        <name>ChartMenu</name>
        <message>
            <source>&amp;Copy the picture</source>
            <translation>Bild &amp;kopieren</translation>
        </message>
        <message>
            <source>1 min</source>
            <translation>1 min</translation>
        </message>
        <message>
            <source>10 min</source>
            <translation>10 min</translation>
        </message>
        <message>
            <source>60 min</source>
            <translation>60 min</translation>
        </message>
        <message>
            <source>Save as &amp;picture…</source>
            <translation>Als &amp;Bild speichern …</translation>
        </message>
        <message>
            <source>Save as &amp;table…</source>
            <translation>Als &amp;Tabelle speichern …</translation>
        </message>
        <message>
            <source>Save the chart as a picture</source>
            <translation>Diagramm als Bild speichern</translation>
        </message>
        <message>
            <source>Save the chart as a table</source>
            <translation>Diagramm als Tabelle speichern</translation>
        </message>
        <message>
            <source>Show {time}</source>
            <translation>{time} zeigen</translation>
        </message>
        <message>
            <source>The chart could not be saved as {file}: {reason}. Choose another folder.</source>
            <translation>Das Diagramm konnte nicht als {file} gespeichert werden: {reason}. Wählen Sie einen anderen Ordner.</translation>
        </message>
        <message>
            <source>Time shown, and saving</source>
            <translation>Gezeigte Zeit und Speichern</translation>
        </message>
        <message>
            <source>{chart}: time shown, and saving</source>
            <translation>{chart}: gezeigte Zeit und Speichern</translation>
        </message>
    </context>
    <context>
        <name>ClosingDialog</name>
        <message numerus="yes">
            <source>%Ln files are still to be sent.</source>
            <translation>
                <numerusform>%Ln Datei ist noch zu senden.</numerusform>
                <numerusform>%Ln Dateien sind noch zu senden.</numerusform>
            </translation>
        </message>
        <message>
            <source>&amp;Cancel</source>
            <translation>&amp;Abbrechen</translation>
        </message>
        <message>
            <source>&amp;Close</source>
            <translation>&amp;Schließen</translation>
        </message>
        <message>
            <source>&amp;Do this from now on, without asking</source>
            <translation>&amp;Von jetzt an immer so, ohne zu fragen</translation>
        </message>
        <message>
            <source>&amp;Keep receiving in the background</source>
            <translation>Im &amp;Hintergrund weiter empfangen</translation>
        </message>
        <message>
            <source>&amp;Keep uploading in the background</source>
            <translation>Im &amp;Hintergrund weiter hochladen</translation>
        </message>
        <message>
            <source>&amp;Stop, go on next time</source>
            <translation>&amp;Anhalten, nächstes Mal weiter</translation>
        </message>
        <message>
            <source>Nothing is lost either way: what has been stored stays, and the rest goes on from there as soon as Wherry is open again.</source>
            <translation>Es geht so oder so nichts verloren: Was gespeichert ist, bleibt, und der Rest geht von dort weiter, sobald Wherry wieder offen ist.</translation>
        </message>
        <message>
            <source>Others may send to this computer.</source>
            <translation>Andere dürfen an diesen Computer senden.</translation>
        </message>
        <message>
            <source>Somebody is sending to this computer.</source>
            <translation>Jemand sendet gerade an diesen Computer.</translation>
        </message>
        <message>
            <source>While Wherry is closed nobody can send here.</source>
            <translation>Solange Wherry geschlossen ist, kann niemand hierher senden.</translation>
        </message>
    </context>
    <context>
        <name>ConfigLines</name>
        <message>
            <source>Copied</source>
            <translation>Kopiert</translation>
        </message>
        <message>
            <source>Copy these lines</source>
            <translation>Diese Zeilen kopieren</translation>
        </message>
        <message>
            <source>Lines to write</source>
            <translation>Zeilen zum Eintragen</translation>
        </message>
    </context>
    <context>
        <name>ConnectionState</name>
        <message>
            <source>Connected</source>
            <translation>Verbunden</translation>
        </message>
        <message>
            <source>Connecting…</source>
            <translation>Verbindet …</translation>
        </message>
        <message>
            <source>Files will be stored in {folder}.</source>
            <translation>Dateien werden danach gespeichert in {folder}.</translation>
        </message>
        <message>
            <source>Not reachable, trying again in {time}</source>
            <translation>Nicht erreichbar, neuer Versuch in {time}</translation>
        </message>
        <message>
            <source>Not reachable, trying again now</source>
            <translation>Nicht erreichbar, neuer Versuch jetzt</translation>
        </message>
        <message>
            <source>Ready. Files are stored in {folder}</source>
            <translation>Bereit. Dateien werden gespeichert in {folder}</translation>
        </message>
        <message>
            <source>Starting…</source>
            <translation>Startet …</translation>
        </message>
        <message>
            <source>The keyring with its key did not open. Choose the server again to retry</source>
            <translation>Der Schlüsselbund mit dem Schlüssel ließ sich nicht öffnen. Wählen Sie den Server noch einmal, um es wieder zu versuchen</translation>
        </message>
        <message>
            <source>The receiver has stopped. It is being started again…</source>
            <translation>Der Empfänger ist stehen geblieben. Er wird wieder gestartet …</translation>
        </message>
        <message>
            <source>Turned off: nothing is stored on this computer until you turn it on again</source>
            <translation>Ausgeschaltet: Auf diesem Computer wird nichts gespeichert, bis Sie den Empfang wieder einschalten</translation>
        </message>
    </context>
    <context>
        <name>CrashDialog</name>
        <message numerus="yes">
            <source>%Ln mistakes so far; the first one:</source>
            <translation>
                <numerusform>%Ln Fehler bisher:</numerusform>
                <numerusform>%Ln Fehler bisher; der erste:</numerusform>
            </translation>
        </message>
        <message>
            <source>Wherry has made a mistake.</source>
            <translation>Wherry hat einen Fehler gemacht.</translation>
        </message>
        <message>
            <source>Your list is kept, and what is stored stays stored. If something no longer moves, close Wherry and open it again. Please send the text below, or the log in {log}, to whoever helps you: neither holds keys nor contents of files.</source>
            <translation>Ihre Liste bleibt, und was gespeichert ist, bleibt gespeichert. Wenn sich etwas nicht mehr bewegt, schließen Sie Wherry und öffnen Sie es wieder. Bitte schicken Sie den Text unten oder das Protokoll in {log} an jemanden, der Ihnen hilft: Beide enthalten weder Schlüssel noch Inhalte von Dateien.</translation>
        </message>
    </context>
    <context>
        <name>DestinationBar</name>
        <message>
            <source>Connection</source>
            <translation>Verbindung</translation>
        </message>
        <message>
            <source>Fi&amp;nd out why…</source>
            <translation>&amp;Warum? Herausfinden …</translation>
        </message>
    </context>
    <context>
        <name>Destinations</name>
        <message>
            <source>This computer</source>
            <translation>Dieser Computer</translation>
        </message>
        <message>
            <source>this computer</source>
            <translation>diesen Computer</translation>
        </message>
    </context>
    <context>
        <name>DetailsDialog</name>
        <message>
            <source>&amp;Copied</source>
            <translation>&amp;Kopiert</translation>
        </message>
        <message>
            <source>&amp;Copy</source>
            <translation>&amp;Kopieren</translation>
        </message>
        <message>
            <source>C&amp;lose</source>
            <translation>S&amp;chließen</translation>
        </message>
        <message>
            <source>Details</source>
            <translation>Einzelheiten</translation>
        </message>
        <message>
            <source>Details to copy</source>
            <translation>Einzelheiten zum Kopieren</translation>
        </message>
    </context>
    <context>
        <name>DiagnosisDialog</name>
        <message numerus="yes">
            <source>%Ln things on the way to {name} are to be mended.</source>
            <translation>
                <numerusform>Auf dem Weg zu {name} ist %Ln Sache zu beheben.</numerusform>
                <numerusform>Auf dem Weg zu {name} sind %Ln Sachen zu beheben.</numerusform>
            </translation>
        </message>
        <message>
            <source>&amp;Copied</source>
            <translation>&amp;Kopiert</translation>
        </message>
        <message>
            <source>&amp;Copy the result</source>
            <translation>Ergebnis &amp;kopieren</translation>
        </message>
        <message>
            <source>&amp;Stop</source>
            <translation>&amp;Anhalten</translation>
        </message>
        <message>
            <source>All is well on the way to {name}.</source>
            <translation>Auf dem Weg zu {name} ist alles in Ordnung.</translation>
        </message>
        <message>
            <source>C&amp;lose</source>
            <translation>&amp;Schließen</translation>
        </message>
        <message>
            <source>Check &amp;again</source>
            <translation>&amp;Noch einmal prüfen</translation>
        </message>
        <message>
            <source>Check the way to a server</source>
            <translation>Den Weg zu einem Server prüfen</translation>
        </message>
        <message>
            <source>Looking at the way to {name}…</source>
            <translation>Der Weg zu {name} wird geprüft …</translation>
        </message>
        <message>
            <source>Not looked at.</source>
            <translation>Nicht geprüft.</translation>
        </message>
        <message>
            <source>Stopped.</source>
            <translation>Angehalten.</translation>
        </message>
    </context>
    <context>
        <name>DropStrip</name>
        <message>
            <source>Drop more files or folders anywhere in this window</source>
            <translation>Weitere Dateien oder Ordner irgendwo in diesem Fenster ablegen</translation>
        </message>
    </context>
    <context>
        <name>EmptyPage</name>
        <message>
            <source>Drop files of any size here</source>
            <translation>Dateien jeder Größe hier ablegen</translation>
        </message>
        <message>
            <source>Or press Ctrl+V to paste copied files</source>
            <translation>Oder mit Strg+V kopierte Dateien einfügen</translation>
        </message>
    </context>
    <context>
        <name>Header</name>
        <message>
            <source>More</source>
            <translation>Mehr</translation>
        </message>
        <message>
            <source>Show the page Receive</source>
            <translation>Seite Empfangen zeigen</translation>
        </message>
        <message>
            <source>Show the page Send</source>
            <translation>Seite Senden zeigen</translation>
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
            <translation>&amp;Andere …</translation>
        </message>
        <message>
            <source>At most {rate}</source>
            <translation>Höchstens {rate}</translation>
        </message>
        <message>
            <source>Limit speed</source>
            <translation>Tempo begrenzen</translation>
        </message>
        <message>
            <source>Limit the speed</source>
            <translation>Geschwindigkeit begrenzen</translation>
        </message>
        <message>
            <source>Limit the speed to {rate} (other speeds: arrow down, or right click)</source>
            <translation>Auf {rate} begrenzen (andere Werte: Pfeil nach unten oder Rechtsklick)</translation>
        </message>
        <message>
            <source>Megabytes a second, for all files together:</source>
            <translation>Megabyte pro Sekunde, für alle Dateien zusammen:</translation>
        </message>
        <message>
            <source>No limit</source>
            <translation>Ohne Grenze</translation>
        </message>
        <message>
            <source>The speed is limited to {rate}. Press to lift the limit.</source>
            <translation>Die Geschwindigkeit ist auf {rate} begrenzt. Drücken hebt die Grenze auf.</translation>
        </message>
    </context>
    <context>
        <name>LivePanel</name>
        <message>
            <source>Age of these numbers</source>
            <translation>Alter dieser Zahlen</translation>
        </message>
        <message>
            <source>Budget for uploads</source>
            <translation>Vorgesehen für Uploads</translation>
        </message>
        <message>
            <source>CPU of the server</source>
            <translation>CPU des Servers</translation>
        </message>
        <message>
            <source>CPU {share}</source>
            <translation>CPU {share}</translation>
        </message>
        <message>
            <source>Disk of the server</source>
            <translation>Datenträger des Servers</translation>
        </message>
        <message>
            <source>Disk of the server in use</source>
            <translation>Belegter Platz auf dem Server</translation>
        </message>
        <message>
            <source>Everything else</source>
            <translation>Alles andere</translation>
        </message>
        <message>
            <source>Free</source>
            <translation>Frei</translation>
        </message>
        <message>
            <source>Live</source>
            <translation>Live</translation>
        </message>
        <message>
            <source>Machine</source>
            <translation>Rechner</translation>
        </message>
        <message>
            <source>Memory of the machine over time</source>
            <translation>Arbeitsspeicher des Rechners im Verlauf</translation>
        </message>
        <message>
            <source>Memory of the receiver over time</source>
            <translation>Arbeitsspeicher des Empfängers im Verlauf</translation>
        </message>
        <message>
            <source>Memory of the server</source>
            <translation>Arbeitsspeicher des Servers</translation>
        </message>
        <message>
            <source>Memory of the server in use</source>
            <translation>Belegter Arbeitsspeicher des Servers</translation>
        </message>
        <message>
            <source>Memory shown</source>
            <translation>Gezeigter Arbeitsspeicher</translation>
        </message>
        <message>
            <source>No uploads running</source>
            <translation>Kein Upload läuft</translation>
        </message>
        <message>
            <source>Numbers of the server: {age}</source>
            <translation>Zahlen des Servers: {age}</translation>
        </message>
        <message>
            <source>Page cache</source>
            <translation>Dateipuffer</translation>
        </message>
        <message>
            <source>Promised</source>
            <translation>Zugesagt</translation>
        </message>
        <message>
            <source>Receiver</source>
            <translation>Empfänger</translation>
        </message>
        <message>
            <source>Sent</source>
            <translation>Gesendet</translation>
        </message>
        <message>
            <source>Stored</source>
            <translation>Gespeichert</translation>
        </message>
        <message>
            <source>Stored each second</source>
            <translation>Gespeichert pro Sekunde</translation>
        </message>
        <message>
            <source>The server's numbers</source>
            <translation>Die Zahlen des Servers</translation>
        </message>
        <message>
            <source>This list needs</source>
            <translation>Diese Liste braucht</translation>
        </message>
        <message>
            <source>This receiver</source>
            <translation>Dieser Empfänger</translation>
        </message>
        <message>
            <source>Throughput</source>
            <translation>Durchsatz</translation>
        </message>
        <message>
            <source>Throughput over time</source>
            <translation>Durchsatz im Verlauf</translation>
        </message>
        <message>
            <source>Time shown</source>
            <translation>Gezeigte Zeit</translation>
        </message>
        <message>
            <source>Uploads that the server is taking</source>
            <translation>Uploads, die der Server gerade annimmt</translation>
        </message>
        <message>
            <source>Uploads: {mine} yours, {others} others’</source>
            <translation>Uploads: {mine} eigene, {others} fremde</translation>
        </message>
        <message>
            <source>Used</source>
            <translation>Belegt</translation>
        </message>
        <message>
            <source>at most {size}</source>
            <translation>höchstens {size}</translation>
        </message>
        <message>
            <source>no numbers yet</source>
            <translation>noch keine Zahlen</translation>
        </message>
        <message>
            <source>now</source>
            <translation>jetzt</translation>
        </message>
        <message>
            <source>{size} free</source>
            <translation>{size} frei</translation>
        </message>
        <message>
            <source>{size} in all</source>
            <translation>{size} insgesamt</translation>
        </message>
        <message>
            <source>{size} too little</source>
            <translation>{size} zu wenig</translation>
        </message>
        <message>
            <source>{used} used by the receiver</source>
            <translation>{used} nutzt der Empfänger</translation>
        </message>
    </context>
    <context>
        <name>MainWindow</name>
        <message numerus="yes">
            <source>%Ln uploads are arriving</source>
            <translation>
                <numerusform>%Ln Datei kommt gerade an</numerusform>
                <numerusform>%Ln Dateien kommen gerade an</numerusform>
            </translation>
        </message>
        <message>
            <source>Add a folder</source>
            <translation>Ordner hinzufügen</translation>
        </message>
        <message>
            <source>Add files</source>
            <translation>Dateien hinzufügen</translation>
        </message>
        <message>
            <source>Folder for received files</source>
            <translation>Ordner für empfangene Dateien</translation>
        </message>
        <message>
            <source>Let go to add this server</source>
            <translation>Loslassen, um diesen Server hinzuzufügen</translation>
        </message>
        <message>
            <source>Let go to send to {name}</source>
            <translation>Loslassen, um an {name} zu senden</translation>
        </message>
        <message>
            <source>They are sent to {name}.</source>
            <translation>Sie werden an {name} gesendet.</translation>
        </message>
        <message>
            <source>They are stored in {folder}.</source>
            <translation>Sie werden gespeichert in {folder}.</translation>
        </message>
    </context>
    <context>
        <name>Messages</name>
        <message>
            <source>A line that is silent for {silent} is not cut.</source>
            <translation>Eine Verbindung, die {silent} lang still ist, wird nicht getrennt.</translation>
        </message>
        <message>
            <source>A line that was silent for {silent} was cut.</source>
            <translation>Eine Verbindung, die {silent} lang still war, wurde getrennt.</translation>
        </message>
        <message>
            <source>A phone or notebook that changes networks has to send the last piece again.</source>
            <translation>Ein Telefon oder Notebook, das das Netz wechselt, muss das letzte Stück noch einmal senden.</translation>
        </message>
        <message>
            <source>A refusal arrives before all has been sent.</source>
            <translation>Eine Ablehnung kommt an, bevor alles gesendet ist.</translation>
        </message>
        <message>
            <source>A refusal arrives only after everything has been sent, or not at all.</source>
            <translation>Eine Ablehnung kommt erst an, wenn alles gesendet ist, oder gar nicht.</translation>
        </message>
        <message>
            <source>Add the file or folder that is meant itself.</source>
            <translation>Fügen Sie die gemeinte Datei oder den gemeinten Ordner selbst hinzu.</translation>
        </message>
        <message>
            <source>Already stored</source>
            <translation>Schon gespeichert</translation>
        </message>
        <message>
            <source>Already stored as {stored_name}</source>
            <translation>Schon gespeichert als {stored_name}</translation>
        </message>
        <message>
            <source>Ask whoever runs the receiver for a key, enter it, and try again.</source>
            <translation>Bitten Sie den Betreiber des Empfängers um einen Schlüssel, geben Sie ihn ein und versuchen Sie es noch einmal.</translation>
        </message>
        <message>
            <source>Ask whoever runs the receiver for a new link, and send by that one.</source>
            <translation>Bitten Sie den Betreiber des Empfängers um einen neuen Link und senden Sie über diesen.</translation>
        </message>
        <message>
            <source>Ask whoever runs the receiver for a valid key, enter it, and try again.</source>
            <translation>Bitten Sie den Betreiber des Empfängers um einen gültigen Schlüssel, geben Sie ihn ein und versuchen Sie es noch einmal.</translation>
        </message>
        <message>
            <source>Ask whoever runs the receiver to allow larger files, or send it elsewhere.</source>
            <translation>Bitten Sie den Betreiber des Empfängers, größere Dateien zu erlauben, oder senden Sie sie anderswohin.</translation>
        </message>
        <message>
            <source>Asking for it…</source>
            <translation>Sie wird erfragt …</translation>
        </message>
        <message>
            <source>Cancelled</source>
            <translation>Abgebrochen</translation>
        </message>
        <message>
            <source>Change its permissions, or ask its owner, then add it again.</source>
            <translation>Ändern Sie die Zugriffsrechte oder fragen Sie den Besitzer, und fügen Sie sie dann wieder hinzu.</translation>
        </message>
        <message>
            <source>Check that disk on this computer, then try again.</source>
            <translation>Prüfen Sie diesen Datenträger auf diesem Computer und versuchen Sie es dann noch einmal.</translation>
        </message>
        <message>
            <source>Check that this computer is on the network and that the receiver is running.</source>
            <translation>Prüfen Sie, ob dieser Computer im Netz ist und ob der Empfänger läuft.</translation>
        </message>
        <message>
            <source>Check the address, and whether this network asks you to sign in first.</source>
            <translation>Prüfen Sie die Adresse, und ob dieses Netz zuerst eine Anmeldung verlangt.</translation>
        </message>
        <message>
            <source>Check the key of this server meanwhile.</source>
            <translation>Prüfen Sie inzwischen den Schlüssel für diesen Server.</translation>
        </message>
        <message>
            <source>Checking space</source>
            <translation>Platz wird geprüft</translation>
        </message>
        <message>
            <source>Comparing them…</source>
            <translation>Sie werden verglichen …</translation>
        </message>
        <message>
            <source>Connecting…</source>
            <translation>Verbindung wird aufgebaut …</translation>
        </message>
        <message>
            <source>Delete something there, or take files off the list.</source>
            <translation>Löschen Sie dort etwas, oder nehmen Sie Dateien von der Liste.</translation>
        </message>
        <message>
            <source>Devices, pipes and links to folders inside a folder are not sent.</source>
            <translation>Geräte, Pipes und Verknüpfungen zu Ordnern innerhalb eines Ordners werden nicht gesendet.</translation>
        </message>
        <message>
            <source>Do the clocks agree?</source>
            <translation>Gehen die Uhren gleich?</translation>
        </message>
        <message>
            <source>Does it arrive while it is being sent?</source>
            <translation>Kommt es an, während es gesendet wird?</translation>
        </message>
        <message>
            <source>Does it know its own address?</source>
            <translation>Kennt er seine eigene Adresse?</translation>
        </message>
        <message>
            <source>Everything is written twice, what was collected is lost when the line is cut, and the window sees progress late.</source>
            <translation>Alles wird zweimal geschrieben; was gesammelt war, ist verloren, wenn die Verbindung abreißt, und das Fenster sieht den Fortschritt spät.</translation>
        </message>
        <message>
            <source>Failed</source>
            <translation>Fehlgeschlagen</translation>
        </message>
        <message>
            <source>Files are sent in pieces of {passed}, which is slower; other clients fail.</source>
            <translation>Dateien werden in Stücken von {passed} gesendet, was langsamer ist; andere Programme scheitern.</translation>
        </message>
        <message>
            <source>Files of this size and larger are sent slowly or not at all.</source>
            <translation>Dateien dieser Größe und größere werden langsam oder gar nicht gesendet.</translation>
        </message>
        <message>
            <source>Goes on at {percent} %</source>
            <translation>Geht bei {percent} % weiter</translation>
        </message>
        <message>
            <source>Have the disk of that machine looked at, then try again.</source>
            <translation>Lassen Sie den Datenträger jenes Rechners prüfen und versuchen Sie es dann noch einmal.</translation>
        </message>
        <message>
            <source>Held up on the way to {where}, trying again in {retry}</source>
            <translation>Unterwegs aufgehalten ({where}), neuer Versuch in {retry}</translation>
        </message>
        <message>
            <source>Held up on the way to {where}, trying again now</source>
            <translation>Unterwegs aufgehalten ({where}), neuer Versuch jetzt</translation>
        </message>
        <message>
            <source>How much goes through at once?</source>
            <translation>Wie viel geht auf einmal durch?</translation>
        </message>
        <message>
            <source>If it lasts, close other programs on that machine.</source>
            <translation>Wenn es anhält, schließen Sie andere Programme auf jenem Rechner.</translation>
        </message>
        <message>
            <source>If it lasts, show the details to whoever runs the server or the network.</source>
            <translation>Wenn es anhält, zeigen Sie die Einzelheiten dem Betreiber des Servers oder des Netzes.</translation>
        </message>
        <message>
            <source>In nginx, in the server section of this site:</source>
            <translation>In nginx, im server-Abschnitt dieser Website:</translation>
        </message>
        <message>
            <source>In the Caddyfile, at this site:</source>
            <translation>Im Caddyfile, bei dieser Website:</translation>
        </message>
        <message>
            <source>Is a refusal told in time?</source>
            <translation>Kommt eine Ablehnung rechtzeitig?</translation>
        </message>
        <message>
            <source>Is it there, and does it take the key?</source>
            <translation>Ist er da, und nimmt er den Schlüssel an?</translation>
        </message>
        <message>
            <source>It has {needed}, and at most {limit} is taken there. It is not sent.</source>
            <translation>Sie hat {needed}, dort werden höchstens {limit} angenommen. Sie wird nicht gesendet.</translation>
        </message>
        <message>
            <source>It is not sent.</source>
            <translation>Sie wird nicht gesendet.</translation>
        </message>
        <message>
            <source>It is tried again in smaller parts; what is stored stays.</source>
            <translation>Es wird in kleineren Teilen noch einmal versucht; was gespeichert ist, bleibt.</translation>
        </message>
        <message>
            <source>It is {apart} earlier here than on {name}; more than {allowed} is too much.</source>
            <translation>Hier ist es {apart} früher als auf {name}; mehr als {allowed} ist zu viel.</translation>
        </message>
        <message>
            <source>It is {apart} later here than on {name}; more than {allowed} is too much.</source>
            <translation>Hier ist es {apart} später als auf {name}; mehr als {allowed} ist zu viel.</translation>
        </message>
        <message>
            <source>It listens again after a while; the file waits.</source>
            <translation>Nach einer Weile geht es wieder; die Datei wartet.</translation>
        </message>
        <message>
            <source>It tries again in {retry}.</source>
            <translation>Der nächste Versuch beginnt in {retry}.</translation>
        </message>
        <message>
            <source>It tries again now.</source>
            <translation>Der nächste Versuch beginnt jetzt.</translation>
        </message>
        <message>
            <source>It was away for too long, or was removed there. All of it is sent anew.</source>
            <translation>Sie blieb zu lange liegen oder wurde dort entfernt. Alles wird neu gesendet.</translation>
        </message>
        <message>
            <source>It was moved, renamed or deleted, and is not sent.</source>
            <translation>Sie wurde verschoben, umbenannt oder gelöscht und wird nicht gesendet.</translation>
        </message>
        <message>
            <source>May the line be silent for a while?</source>
            <translation>Darf die Verbindung eine Weile still sein?</translation>
        </message>
        <message>
            <source>Not a Wherry receiver, trying again in {retry}</source>
            <translation>Kein Wherry-Empfänger, neuer Versuch in {retry}</translation>
        </message>
        <message>
            <source>Not a Wherry receiver, trying again now</source>
            <translation>Kein Wherry-Empfänger, neuer Versuch jetzt</translation>
        </message>
        <message>
            <source>Not enough space on {where}.</source>
            <translation>Zu wenig Platz ({where}).</translation>
        </message>
        <message>
            <source>Nothing is sent until the receiver itself answers again.</source>
            <translation>Es wird nichts gesendet, bis der Empfänger selbst wieder antwortet.</translation>
        </message>
        <message>
            <source>Nothing was sent: somebody may be listening in between, or the server was set up anew.</source>
            <translation>Es wurde nichts gesendet: Vielleicht hört jemand dazwischen mit, oder der Server wurde neu eingerichtet.</translation>
        </message>
        <message>
            <source>Other clients are sent to that address and fail there; Wherry itself is not. It also cannot tell senders apart.</source>
            <translation>Andere Programme werden zu dieser Adresse geschickt und scheitern dort; Wherry selbst nicht. Außerdem kann der Empfänger die Absender nicht unterscheiden.</translation>
        </message>
        <message>
            <source>Parts of different versions are never mixed, so it is not stored.</source>
            <translation>Teile verschiedener Fassungen werden nie gemischt, darum ist sie nicht gespeichert.</translation>
        </message>
        <message>
            <source>Paused</source>
            <translation>Angehalten</translation>
        </message>
        <message>
            <source>Paused at {percent} %</source>
            <translation>Angehalten bei {percent} %</translation>
        </message>
        <message>
            <source>Put it back and try again, or add it from where it is now.</source>
            <translation>Legen Sie sie zurück und versuchen Sie es noch einmal, oder fügen Sie sie von ihrem neuen Ort hinzu.</translation>
        </message>
        <message>
            <source>Requests of {passed} go through.</source>
            <translation>{passed} auf einmal gehen durch.</translation>
        </message>
        <message>
            <source>Sending a half, and looking whether it is there…</source>
            <translation>Eine Hälfte wird gesendet und nachgesehen, ob sie da ist …</translation>
        </message>
        <message>
            <source>Sending nothing for {silence}…</source>
            <translation>{silence} lang wird nichts gesendet …</translation>
        </message>
        <message>
            <source>Sending something that has to be refused…</source>
            <translation>Etwas wird gesendet, das abgelehnt werden muss …</translation>
        </message>
        <message>
            <source>Sending up to {largest} at once; nothing of it is kept…</source>
            <translation>Bis zu {largest} werden auf einmal gesendet; nichts davon wird behalten …</translation>
        </message>
        <message>
            <source>Set the clock of the one that is wrong, or have it set.</source>
            <translation>Stellen Sie die Uhr, die falsch geht, oder lassen Sie sie stellen.</translation>
        </message>
        <message>
            <source>Something answers in place of {where}, but not a Wherry receiver.</source>
            <translation>Statt eines Wherry-Empfängers antwortet etwas anderes: {where}.</translation>
        </message>
        <message>
            <source>Something between this computer and {where} does not let the file by.</source>
            <translation>Auf dem Weg zum Ziel ({where}) lässt etwas die Datei nicht durch.</translation>
        </message>
        <message>
            <source>Something in between</source>
            <translation>Etwas dazwischen</translation>
        </message>
        <message>
            <source>Start the receiver with --behind-proxy: it then believes what the proxy tells.</source>
            <translation>Starten Sie den Empfänger mit --behind-proxy: Dann glaubt er, was der Proxy sagt.</translation>
        </message>
        <message>
            <source>Stored</source>
            <translation>Gespeichert</translation>
        </message>
        <message>
            <source>Stored as {stored_name}</source>
            <translation>Gespeichert als {stored_name}</translation>
        </message>
        <message>
            <source>That a file is too large, or a key wrong, is then told late.</source>
            <translation>Dass eine Datei zu groß oder ein Schlüssel falsch ist, erfährt man dann spät.</translation>
        </message>
        <message>
            <source>The clocks here and there agree.</source>
            <translation>Die Uhren hier und dort gehen gleich.</translation>
        </message>
        <message>
            <source>The disk or network folder it lies on gave an error. It is not sent.</source>
            <translation>Der Datenträger oder Netzordner, auf dem sie liegt, meldet einen Fehler. Sie wird nicht gesendet.</translation>
        </message>
        <message>
            <source>The file cannot be read.</source>
            <translation>Die Datei lässt sich nicht lesen.</translation>
        </message>
        <message>
            <source>The file goes on by itself when there is room.</source>
            <translation>Die Datei geht von selbst weiter, sobald Platz ist.</translation>
        </message>
        <message>
            <source>The file has changed and is sent anew</source>
            <translation>Die Datei hat sich geändert und wird neu gesendet</translation>
        </message>
        <message>
            <source>The file is larger than {where} takes.</source>
            <translation>Die Datei ist größer, als der Empfänger erlaubt ({where}).</translation>
        </message>
        <message>
            <source>The file is no longer there.</source>
            <translation>Die Datei ist nicht mehr da.</translation>
        </message>
        <message>
            <source>The file is not sent without one.</source>
            <translation>Ohne ihn wird die Datei nicht gesendet.</translation>
        </message>
        <message>
            <source>The file is not sent; what was stored of it before is kept for a while.</source>
            <translation>Die Datei wird nicht gesendet; was vorher davon gespeichert wurde, bleibt eine Weile erhalten.</translation>
        </message>
        <message>
            <source>The file is not stored.</source>
            <translation>Die Datei ist nicht gespeichert.</translation>
        </message>
        <message>
            <source>The file is not stored; what was accepted is kept.</source>
            <translation>Die Datei ist nicht gespeichert; was angenommen wurde, bleibt.</translation>
        </message>
        <message>
            <source>The file keeps changing while it is being sent.</source>
            <translation>Die Datei ändert sich immer wieder, während sie gesendet wird.</translation>
        </message>
        <message>
            <source>The file waits and goes on by itself; what is stored stays.</source>
            <translation>Die Datei wartet und geht von selbst weiter; was gespeichert ist, bleibt.</translation>
        </message>
        <message>
            <source>The file was damaged on its way and is sent anew</source>
            <translation>Die Datei wurde unterwegs beschädigt und wird neu gesendet</translation>
        </message>
        <message>
            <source>The file was damaged on its way to {where}.</source>
            <translation>Die Datei wurde unterwegs beschädigt ({where}).</translation>
        </message>
        <message>
            <source>The line is cut when {refused} are sent at once.</source>
            <translation>Die Verbindung reißt ab, wenn {refused} auf einmal gesendet werden.</translation>
        </message>
        <message>
            <source>The receiver believes that it is reached at {told}.</source>
            <translation>Der Empfänger glaubt, dass er unter {told} erreicht wird.</translation>
        </message>
        <message>
            <source>The receiver knows the address under which it is reached.</source>
            <translation>Der Empfänger kennt die Adresse, unter der er erreicht wird.</translation>
        </message>
        <message>
            <source>The receiver {name} answers through {proxy}, and takes the key.</source>
            <translation>Der Empfänger {name} antwortet durch {proxy} und nimmt den Schlüssel an.</translation>
        </message>
        <message>
            <source>The receiver {name} answers, and takes the key.</source>
            <translation>Der Empfänger {name} antwortet und nimmt den Schlüssel an.</translation>
        </message>
        <message>
            <source>There is nothing to do but wait.</source>
            <translation>Es bleibt nichts zu tun, als zu warten.</translation>
        </message>
        <message>
            <source>There is nothing to do.</source>
            <translation>Es ist nichts zu tun.</translation>
        </message>
        <message>
            <source>This file needs {needed}; {free} is free there, and {promised} of that is promised to other uploads. It goes on by itself when there is room.</source>
            <translation>Diese Datei braucht {needed}; dort sind {free} frei, davon sind {promised} anderen Uploads zugesagt. Sie geht von selbst weiter, sobald Platz ist.</translation>
        </message>
        <message>
            <source>This file needs {needed}; {free} is free there. It goes on by itself when there is room.</source>
            <translation>Diese Datei braucht {needed}; dort sind {free} frei. Sie geht von selbst weiter, sobald Platz ist.</translation>
        </message>
        <message>
            <source>This is neither a file nor a folder.</source>
            <translation>Das ist weder eine Datei noch ein Ordner.</translation>
        </message>
        <message>
            <source>Times in receipts are wrong, and secure connections may fail.</source>
            <translation>Zeiten in Quittungen sind falsch, und sichere Verbindungen können scheitern.</translation>
        </message>
        <message>
            <source>Try again. If it fails again, report it with the details.</source>
            <translation>Versuchen Sie es noch einmal. Wenn es wieder misslingt, melden Sie es mit den Einzelheiten.</translation>
        </message>
        <message>
            <source>Try again. If it happens again, check disk and memory of both machines.</source>
            <translation>Versuchen Sie es noch einmal. Wenn es wieder geschieht, prüfen Sie Datenträger und Arbeitsspeicher beider Rechner.</translation>
        </message>
        <message>
            <source>Uploading</source>
            <translation>Wird hochgeladen</translation>
        </message>
        <message>
            <source>Uploading, went on at {resumed} %</source>
            <translation>Wird hochgeladen, ging bei {resumed} % weiter</translation>
        </message>
        <message>
            <source>Verifying</source>
            <translation>Wird geprüft</translation>
        </message>
        <message>
            <source>Wait until the program that writes it is done, then try again.</source>
            <translation>Warten Sie, bis das Programm, das sie schreibt, fertig ist, und versuchen Sie es dann noch einmal.</translation>
        </message>
        <message>
            <source>Waiting for space on {where}</source>
            <translation>Wartet auf Platz ({where})</translation>
        </message>
        <message>
            <source>Waiting for space on {where}: {missing} more is needed</source>
            <translation>Wartet auf Platz ({where}): Es fehlen {missing}</translation>
        </message>
        <message>
            <source>Waiting for the network, trying again in {retry}</source>
            <translation>Wartet auf das Netz, neuer Versuch in {retry}</translation>
        </message>
        <message>
            <source>Waiting for the network, trying again now</source>
            <translation>Wartet auf das Netz, neuer Versuch jetzt</translation>
        </message>
        <message>
            <source>Waiting its turn</source>
            <translation>Wartet, bis sie dran ist</translation>
        </message>
        <message>
            <source>Waiting its turn, goes on at {percent} %</source>
            <translation>Wartet, geht bei {percent} % weiter</translation>
        </message>
        <message>
            <source>Waits at {percent} % until you choose {server} again</source>
            <translation>Wartet bei {percent} %, bis Sie wieder {server} wählen</translation>
        </message>
        <message>
            <source>Waits until you choose {server} again</source>
            <translation>Wartet, bis Sie wieder {server} wählen</translation>
        </message>
        <message>
            <source>What has been stored there stays; the file goes on from there by itself.</source>
            <translation>Was dort gespeichert ist, bleibt; die Datei geht von dort aus von selbst weiter.</translation>
        </message>
        <message>
            <source>What is sent arrives at once; nothing in between collects it.</source>
            <translation>Was gesendet wird, kommt sofort an; nichts dazwischen sammelt es.</translation>
        </message>
        <message>
            <source>What lies there is not this file, and does not count as stored.</source>
            <translation>Was dort liegt, ist nicht diese Datei und gilt nicht als gespeichert.</translation>
        </message>
        <message>
            <source>Wherry has made a mistake.</source>
            <translation>Wherry hat einen Fehler gemacht.</translation>
        </message>
        <message>
            <source>Whoever looks after what stands in between has to change that.</source>
            <translation>Wer für das zuständig ist, was dazwischen steht, muss das ändern.</translation>
        </message>
        <message>
            <source>You are not allowed to read this file.</source>
            <translation>Sie dürfen diese Datei nicht lesen.</translation>
        </message>
        <message>
            <source>the server</source>
            <translation>der Server</translation>
        </message>
        <message>
            <source>{between} answers {status} to a request of {refused}.</source>
            <translation>{between} antwortet mit {status}, wenn {refused} auf einmal kommen.</translation>
        </message>
        <message>
            <source>{between} collects what is sent before it passes it on.</source>
            <translation>{between} sammelt, was gesendet wird, bevor es weitergegeben wird.</translation>
        </message>
        <message>
            <source>{between} refuses requests of {refused}.</source>
            <translation>{between} lehnt {refused} auf einmal ab.</translation>
        </message>
        <message>
            <source>{where} asks for a key.</source>
            <translation>{where} verlangt einen Schlüssel.</translation>
        </message>
        <message>
            <source>{where} cannot be reached.</source>
            <translation>{where} ist nicht erreichbar.</translation>
        </message>
        <message>
            <source>{where} could not write the file to its disk.</source>
            <translation>{where} konnte die Datei nicht auf den Datenträger schreiben.</translation>
        </message>
        <message>
            <source>{where} could not write, trying again in {retry}</source>
            <translation>{where} konnte nicht schreiben, neuer Versuch in {retry}</translation>
        </message>
        <message>
            <source>{where} could not write, trying again now</source>
            <translation>{where} konnte nicht schreiben, neuer Versuch jetzt</translation>
        </message>
        <message>
            <source>{where} does not accept the key.</source>
            <translation>{where} nimmt den Schlüssel nicht an.</translation>
        </message>
        <message>
            <source>{where} does not prove that it is {where}.</source>
            <translation>{where} weist sich nicht aus: Es ist nicht sicher, wer dort antwortet.</translation>
        </message>
        <message>
            <source>{where} had too many wrong keys, trying again in {retry}</source>
            <translation>{where} bekam zu viele falsche Schlüssel, neuer Versuch in {retry}</translation>
        </message>
        <message>
            <source>{where} had too many wrong keys, trying again now</source>
            <translation>{where} bekam zu viele falsche Schlüssel, neuer Versuch jetzt</translation>
        </message>
        <message>
            <source>{where} is busy with other uploads.</source>
            <translation>{where} ist mit anderen Uploads beschäftigt.</translation>
        </message>
        <message>
            <source>{where} is busy, trying again in {retry}</source>
            <translation>{where} ist beschäftigt, neuer Versuch in {retry}</translation>
        </message>
        <message>
            <source>{where} is busy, trying again now</source>
            <translation>{where} ist beschäftigt, neuer Versuch jetzt</translation>
        </message>
        <message>
            <source>{where} is short of memory, trying again in {retry}</source>
            <translation>{where} hat zu wenig Arbeitsspeicher, neuer Versuch in {retry}</translation>
        </message>
        <message>
            <source>{where} is short of memory, trying again now</source>
            <translation>{where} hat zu wenig Arbeitsspeicher, neuer Versuch jetzt</translation>
        </message>
        <message>
            <source>{where} is short of memory.</source>
            <translation>{where} hat zu wenig Arbeitsspeicher.</translation>
        </message>
        <message>
            <source>{where} no longer has the beginning of the file.</source>
            <translation>{where} hat den Anfang der Datei nicht mehr.</translation>
        </message>
        <message>
            <source>{where} no longer has the beginning; all is sent anew</source>
            <translation>{where} hat den Anfang nicht mehr; alles wird neu gesendet</translation>
        </message>
        <message>
            <source>{where} was given a wrong key too often from this computer.</source>
            <translation>{where} hat von diesem Computer zu oft einen falschen Schlüssel bekommen.</translation>
        </message>
    </context>
    <context>
        <name>Notice</name>
        <message>
            <source>Dismiss</source>
            <translation>Ausblenden</translation>
        </message>
        <message>
            <source>Dismiss this notice</source>
            <translation>Diesen Hinweis ausblenden</translation>
        </message>
    </context>
    <context>
        <name>Notifications</name>
        <message numerus="yes">
            <source>%Ln files are stored on {server}.</source>
            <translation>
                <numerusform>%Ln Datei wurde an {server} gesendet und dort gespeichert.</numerusform>
                <numerusform>%Ln Dateien wurden an {server} gesendet und dort gespeichert.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln files could not be sent</source>
            <translation>
                <numerusform>%Ln Datei konnte nicht gesendet werden</numerusform>
                <numerusform>%Ln Dateien konnten nicht gesendet werden</numerusform>
            </translation>
        </message>
        <message>
            <source>Everything is stored</source>
            <translation>Alles ist gespeichert</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>Öffnen</translation>
        </message>
        <message>
            <source>Open Wherry to see why, and what to do.</source>
            <translation>Öffnen Sie Wherry, um zu sehen, warum, und was zu tun ist.</translation>
        </message>
    </context>
    <context>
        <name>PageActions</name>
        <message>
            <source>&amp;Go on</source>
            <translation>Weiter&amp;machen</translation>
        </message>
        <message>
            <source>&amp;Pause all</source>
            <translation>Alle a&amp;nhalten</translation>
        </message>
        <message>
            <source>&amp;Try failed again</source>
            <translation>Fehlge&amp;schlagene noch einmal</translation>
        </message>
        <message>
            <source>Add &amp;files…</source>
            <translation>&amp;Dateien hinzufügen …</translation>
        </message>
        <message>
            <source>Add fol&amp;der…</source>
            <translation>&amp;Ordner hinzufügen …</translation>
        </message>
        <message>
            <source>C&amp;hange folder…</source>
            <translation>Ordner &amp;wechseln …</translation>
        </message>
        <message>
            <source>Clear fini&amp;shed</source>
            <translation>&amp;Fertige entfernen</translation>
        </message>
        <message>
            <source>D&amp;etails…</source>
            <translation>&amp;Einzelheiten …</translation>
        </message>
        <message>
            <source>Deta&amp;ils…</source>
            <translation>E&amp;inzelheiten …</translation>
        </message>
        <message>
            <source>Open folde&amp;r</source>
            <translation>O&amp;rdner öffnen</translation>
        </message>
        <message>
            <source>Paste</source>
            <translation>Einfügen</translation>
        </message>
    </context>
    <context>
        <name>PageTabs</name>
        <message>
            <source>Pages</source>
            <translation>Seiten</translation>
        </message>
        <message>
            <source>Receive</source>
            <translation>Empfangen</translation>
        </message>
        <message>
            <source>Send</source>
            <translation>Senden</translation>
        </message>
    </context>
    <context>
        <name>ProblemText</name>
        <message numerus="yes">
            <source>%Ln things could not be added to the list</source>
            <translation>
                <numerusform>%Ln Eintrag konnte nicht auf die Liste</numerusform>
                <numerusform>%Ln Einträge konnten nicht auf die Liste</numerusform>
            </translation>
        </message>
        <message>
            <source>Code</source>
            <translation>Kennung</translation>
        </message>
        <message>
            <source>Details</source>
            <translation>Einzelheiten</translation>
        </message>
        <message>
            <source>File</source>
            <translation>Datei</translation>
        </message>
        <message>
            <source>Route</source>
            <translation>Weg</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>Größe</translation>
        </message>
        <message>
            <source>State</source>
            <translation>Zustand</translation>
        </message>
        <message>
            <source>Stored</source>
            <translation>Gespeichert</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>Zeit</translation>
        </message>
        <message>
            <source>Where</source>
            <translation>Wo</translation>
        </message>
        <message numerus="yes">
            <source>and %Ln more</source>
            <translation>
                <numerusform>und %Ln weitere</numerusform>
                <numerusform>und %Ln weitere</numerusform>
            </translation>
        </message>
        <message>
            <source>{count} bytes</source>
            <translation>{count} Bytes</translation>
        </message>
        <message>
            <source>{name}: this is no file of this computer.</source>
            <translation>{name}: Das ist keine Datei dieses Computers.</translation>
        </message>
    </context>
    <context>
        <name>Program</name>
        <message>
            <source>Wherry is already open. Add your files and choose the server in the window that is there: two windows would send the same list twice.</source>
            <translation>Wherry ist schon offen. Fügen Sie Ihre Dateien in dem Fenster hinzu, das da ist, und wählen Sie dort den Server: Zwei Fenster würden dieselbe Liste zweimal senden.</translation>
        </message>
        <message>
            <source>this computer</source>
            <translation>dieser Computer</translation>
        </message>
    </context>
    <context>
        <name>ProgramMenu</name>
        <message>
            <source>&amp;About Wherry</source>
            <translation>Ü&amp;ber Wherry</translation>
        </message>
        <message>
            <source>&amp;Ask again before closing</source>
            <translation>Vor dem Schließen wieder &amp;fragen</translation>
        </message>
        <message>
            <source>&amp;Language</source>
            <translation>&amp;Sprache</translation>
        </message>
        <message>
            <source>&amp;Quit</source>
            <translation>&amp;Beenden</translation>
        </message>
        <message>
            <source>As the system has it</source>
            <translation>Wie im System</translation>
        </message>
        <message>
            <source>Wherry speaks this language when it is started the next time.</source>
            <translation>Wherry spricht diese Sprache, wenn es das nächste Mal gestartet wird.</translation>
        </message>
    </context>
    <context>
        <name>Question</name>
        <message>
            <source>&amp;Cancel</source>
            <translation>&amp;Abbrechen</translation>
        </message>
    </context>
    <context>
        <name>Questions</name>
        <message>
            <source>&amp;Make a new link</source>
            <translation>&amp;Neuen Link machen</translation>
        </message>
        <message>
            <source>Make a new link?</source>
            <translation>Neuen Link machen?</translation>
        </message>
        <message>
            <source>Whoever has the link you gave out so far cannot send to this computer any more, until you give them the new one. What they have sent stays.</source>
            <translation>Wer den bisherigen Link hat, kann nicht mehr an diesen Computer senden, bis Sie ihm den neuen geben. Was schon gesendet wurde, bleibt.</translation>
        </message>
    </context>
    <context>
        <name>QueueModel</name>
        <message>
            <source>File</source>
            <translation>Datei</translation>
        </message>
    </context>
    <context>
        <name>QueueView</name>
        <message>
            <source>Files in the list</source>
            <translation>Dateien auf der Liste</translation>
        </message>
    </context>
    <context>
        <name>ReceiptDialog</name>
        <message numerus="yes">
            <source>%Ln bytes</source>
            <translation>
                <numerusform>%Ln Byte</numerusform>
                <numerusform>%Ln Bytes</numerusform>
            </translation>
        </message>
        <message>
            <source>&amp;Copied</source>
            <translation>&amp;Kopiert</translation>
        </message>
        <message>
            <source>&amp;Copy</source>
            <translation>&amp;Kopieren</translation>
        </message>
        <message>
            <source>&amp;Save…</source>
            <translation>&amp;Speichern …</translation>
        </message>
        <message>
            <source>Begun</source>
            <translation>Begonnen</translation>
        </message>
        <message>
            <source>C&amp;lose</source>
            <translation>S&amp;chließen</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>On average</source>
            <translation>Im Schnitt</translation>
        </message>
        <message>
            <source>Receipt</source>
            <translation>Quittung</translation>
        </message>
        <message>
            <source>Receipt to copy</source>
            <translation>Quittung zum Kopieren</translation>
        </message>
        <message>
            <source>Save the receipt</source>
            <translation>Quittung speichern</translation>
        </message>
        <message>
            <source>Saved as {place}</source>
            <translation>Gespeichert als {place}</translation>
        </message>
        <message>
            <source>Sent by</source>
            <translation>Gesendet von</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>Größe</translation>
        </message>
        <message>
            <source>Stored</source>
            <translation>Gespeichert</translation>
        </message>
        <message>
            <source>Stored as</source>
            <translation>Gespeichert als</translation>
        </message>
        <message>
            <source>Stored whole. The second checksum is still being computed.</source>
            <translation>Vollständig gespeichert. Die zweite Prüfsumme wird noch berechnet.</translation>
        </message>
        <message>
            <source>Text (*.txt)</source>
            <translation>Text (*.txt)</translation>
        </message>
        <message>
            <source>The file was checked while it came, and stored whole.</source>
            <translation>Die Datei wurde beim Eintreffen geprüft und vollständig gespeichert.</translation>
        </message>
        <message>
            <source>The receipt could not be saved there: {reason}.</source>
            <translation>Die Quittung konnte dort nicht gespeichert werden: {reason}.</translation>
        </message>
        <message>
            <source>receipt</source>
            <translation>Quittung</translation>
        </message>
        <message>
            <source>{count} bytes</source>
            <translation>{count} Bytes</translation>
        </message>
    </context>
    <context>
        <name>ReceivePage</name>
        <message>
            <source>&amp;Details…</source>
            <translation>&amp;Einzelheiten …</translation>
        </message>
    </context>
    <context>
        <name>ReceivedCard</name>
        <message>
            <source>&amp;Open</source>
            <translation>Ö&amp;ffnen</translation>
        </message>
        <message>
            <source>&amp;Show in folder</source>
            <translation>Im Ordner &amp;zeigen</translation>
        </message>
        <message>
            <source>Nothing has been received yet.</source>
            <translation>Es wurde noch nichts empfangen.</translation>
        </message>
        <message>
            <source>Rece&amp;ipt…</source>
            <translation>&amp;Quittung …</translation>
        </message>
        <message>
            <source>Received lately</source>
            <translation>Zuletzt empfangen</translation>
        </message>
    </context>
    <context>
        <name>ReceivedModel</name>
        <message>
            <source>From</source>
            <translation>Von</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>Größe</translation>
        </message>
        <message>
            <source>Stored</source>
            <translation>Gespeichert</translation>
        </message>
    </context>
    <context>
        <name>ReceiverCard</name>
        <message>
            <source>&amp;Receive files on this computer</source>
            <translation>Auf diesem Computer Dateien &amp;empfangen</translation>
        </message>
        <message>
            <source>C&amp;hange folder…</source>
            <translation>Ordner &amp;wechseln …</translation>
        </message>
        <message>
            <source>Disk of this computer in use</source>
            <translation>Belegter Platz auf diesem Computer</translation>
        </message>
        <message>
            <source>Free space</source>
            <translation>Freier Platz</translation>
        </message>
        <message>
            <source>How the receiver stands</source>
            <translation>Wie es um den Empfänger steht</translation>
        </message>
        <message>
            <source>Open folde&amp;r</source>
            <translation>O&amp;rdner öffnen</translation>
        </message>
        <message>
            <source>Receiver on this computer</source>
            <translation>Empfänger auf diesem Computer</translation>
        </message>
        <message>
            <source>{size} free</source>
            <translation>{size} frei</translation>
        </message>
    </context>
    <context>
        <name>ReceiverWords</name>
        <message>
            <source>Another program is using this port. Choose another one on the page Receive, for example {free}.</source>
            <translation>Ein anderes Programm benutzt diesen Port. Wählen Sie auf der Seite Empfangen einen anderen, zum Beispiel {free}.</translation>
        </message>
        <message>
            <source>Another receiver is already using this folder. Close the other one, or choose another folder.</source>
            <translation>Ein anderer Empfänger benutzt diesen Ordner schon. Schließen Sie den anderen, oder wählen Sie einen anderen Ordner.</translation>
        </message>
        <message>
            <source>Files cannot be stored in {folder}.</source>
            <translation>In {folder} können keine Dateien gespeichert werden.</translation>
        </message>
        <message>
            <source>It is not a folder. Choose another one.</source>
            <translation>Das ist kein Ordner. Wählen Sie einen anderen.</translation>
        </message>
        <message>
            <source>It is tried again and again. Choosing another folder may help; if it does not, give the text under Details to whoever helps you.</source>
            <translation>Es wird immer wieder versucht. Vielleicht hilft ein anderer Ordner; wenn nicht, geben Sie den Text unter Einzelheiten jemandem, der Ihnen hilft.</translation>
        </message>
        <message>
            <source>Others cannot reach this computer on port {port}.</source>
            <translation>Andere erreichen diesen Computer nicht auf Port {port}.</translation>
        </message>
        <message>
            <source>The disk is full. Make room there, or choose a folder on another disk.</source>
            <translation>Der Datenträger ist voll. Schaffen Sie dort Platz, oder wählen Sie einen Ordner auf einem anderen.</translation>
        </message>
        <message>
            <source>The receiver on this computer does not start.</source>
            <translation>Der Empfänger auf diesem Computer startet nicht.</translation>
        </message>
        <message>
            <source>This computer keeps this port for itself. Choose one above 1023 on the page Receive.</source>
            <translation>Dieser Computer behält diesen Port für sich. Wählen Sie auf der Seite Empfangen einen über 1023.</translation>
        </message>
        <message>
            <source>Wherry is not allowed to write there. Choose another folder, or ask whoever looks after this computer for permission.</source>
            <translation>Wherry darf dort nicht schreiben. Wählen Sie einen anderen Ordner, oder bitten Sie den Betreuer dieses Computers um Erlaubnis.</translation>
        </message>
        <message>
            <source>Your list is kept, and goes on as soon as this is solved.</source>
            <translation>Ihre Liste bleibt und geht weiter, sobald das gelöst ist.</translation>
        </message>
    </context>
    <context>
        <name>Receiving</name>
        <message>
            <source>{name} is no longer there: it was moved, renamed or deleted.</source>
            <translation>{name} ist nicht mehr da: Die Datei wurde verschoben, umbenannt oder gelöscht.</translation>
        </message>
    </context>
    <context>
        <name>RowMenu</name>
        <message>
            <source>&amp;Cancel</source>
            <translation>&amp;Abbrechen</translation>
        </message>
        <message>
            <source>&amp;Details…</source>
            <translation>&amp;Einzelheiten …</translation>
        </message>
        <message>
            <source>&amp;Go on</source>
            <translation>Weiter&amp;machen</translation>
        </message>
        <message>
            <source>&amp;Pause</source>
            <translation>&amp;Anhalten</translation>
        </message>
        <message>
            <source>&amp;Remove from the list</source>
            <translation>Von der Liste &amp;nehmen</translation>
        </message>
        <message>
            <source>&amp;Show the file</source>
            <translation>Datei &amp;zeigen</translation>
        </message>
        <message>
            <source>&amp;Show the folder</source>
            <translation>Ordner &amp;zeigen</translation>
        </message>
        <message>
            <source>&amp;Try again</source>
            <translation>Noch einmal &amp;versuchen</translation>
        </message>
        <message>
            <source>Del</source>
            <translation>Entf</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Eingabe</translation>
        </message>
        <message>
            <source>R&amp;eceipt…</source>
            <translation>&amp;Quittung …</translation>
        </message>
        <message>
            <source>Send &amp;first</source>
            <translation>Als &amp;Erstes senden</translation>
        </message>
        <message>
            <source>Send &amp;last</source>
            <translation>Als &amp;Letztes senden</translation>
        </message>
        <message>
            <source>Space</source>
            <translation>Leertaste</translation>
        </message>
    </context>
    <context>
        <name>RowRequests</name>
        <message>
            <source>The file is stored; only its receipt cannot be shown now.</source>
            <translation>Die Datei ist gespeichert; nur die Quittung kann jetzt nicht gezeigt werden.</translation>
        </message>
        <message>
            <source>{where} has no receipt of this file</source>
            <translation>Keine Quittung für diese Datei, gesendet an {where}</translation>
        </message>
    </context>
    <context>
        <name>RowWords</name>
        <message numerus="yes">
            <source>%Ln cancelled</source>
            <translation>
                <numerusform>%Ln abgebrochen</numerusform>
                <numerusform>%Ln abgebrochen</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln failed</source>
            <translation>
                <numerusform>%Ln fehlgeschlagen</numerusform>
                <numerusform>%Ln fehlgeschlagen</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln files</source>
            <translation>
                <numerusform>%Ln Datei</numerusform>
                <numerusform>%Ln Dateien</numerusform>
            </translation>
        </message>
        <message>
            <source>, </source>
            <translation>, </translation>
        </message>
        <message>
            <source>Stored as {name}</source>
            <translation>Gespeichert als {name}</translation>
        </message>
        <message>
            <source>closed</source>
            <translation>geschlossen</translation>
        </message>
        <message>
            <source>in memory</source>
            <translation>im Arbeitsspeicher</translation>
        </message>
        <message>
            <source>open</source>
            <translation>offen</translation>
        </message>
        <message>
            <source>streamed</source>
            <translation>im Durchlauf</translation>
        </message>
        <message>
            <source>{name}, folder, {opened}, {state}, {share} stored</source>
            <translation>{name}, Ordner, {opened}, {state}, {share} gespeichert</translation>
        </message>
        <message>
            <source>{name}, {state}, {share} stored</source>
            <translation>{name}, {state}, {share} gespeichert</translation>
        </message>
        <message>
            <source>{state} · {route}</source>
            <translation>{state} · {route}</translation>
        </message>
        <message>
            <source>{stored} of {files} stored</source>
            <translation>{stored} von {files} gespeichert</translation>
        </message>
    </context>
    <context>
        <name>SendPage</name>
        <message>
            <source>C&amp;heck the way there…</source>
            <translation>&amp;Weg dorthin prüfen …</translation>
        </message>
        <message>
            <source>Files are sent all the same. What is not finished when the window is closed has to be added again.</source>
            <translation>Dateien werden trotzdem gesendet. Was beim Schließen des Fensters nicht fertig ist, muss neu hinzugefügt werden.</translation>
        </message>
        <message>
            <source>List</source>
            <translation>Liste</translation>
        </message>
        <message>
            <source>Not added</source>
            <translation>Nicht hinzugefügt</translation>
        </message>
        <message>
            <source>The list of files cannot be kept on this computer: {reason}</source>
            <translation>Die Liste der Dateien lässt sich auf diesem Computer nicht aufbewahren: {reason}</translation>
        </message>
        <message>
            <source>The list of files was damaged and begins anew</source>
            <translation>Die Liste der Dateien war beschädigt und beginnt neu</translation>
        </message>
        <message>
            <source>What is left of the old one is kept as {file}. Add again what was not finished.</source>
            <translation>Was von der alten übrig ist, liegt unter {file}. Bitte neu hinzufügen, was nicht fertig war.</translation>
        </message>
    </context>
    <context>
        <name>ServerPicker</name>
        <message>
            <source>&amp;Add a server…</source>
            <translation>Server &amp;hinzufügen …</translation>
        </message>
        <message>
            <source>&amp;Saved servers…</source>
            <translation>&amp;Gespeicherte Server …</translation>
        </message>
        <message>
            <source>Choose where files go</source>
            <translation>Wählen, wohin Dateien gehen</translation>
        </message>
        <message>
            <source>Choose where files go ({keys})</source>
            <translation>Wählen, wohin Dateien gehen ({keys})</translation>
        </message>
        <message>
            <source>Opens a list of servers</source>
            <translation>Öffnet eine Liste von Servern</translation>
        </message>
        <message>
            <source>Send to: {name}</source>
            <translation>Senden an: {name}</translation>
        </message>
        <message>
            <source>To: {name}</source>
            <translation>An: {name}</translation>
        </message>
        <message>
            <source>Where to send</source>
            <translation>Wohin gesendet wird</translation>
        </message>
    </context>
    <context>
        <name>ServersDialog</name>
        <message numerus="yes">
            <source>%Ln files wait for it.</source>
            <translation>
                <numerusform>%Ln Datei wartet darauf.</numerusform>
                <numerusform>%Ln Dateien warten darauf.</numerusform>
            </translation>
        </message>
        <message>
            <source>&amp;Rename</source>
            <translation>&amp;Umbenennen</translation>
        </message>
        <message>
            <source>C&amp;lose</source>
            <translation>S&amp;chließen</translation>
        </message>
        <message>
            <source>Chec&amp;k this server…</source>
            <translation>Diesen Server &amp;prüfen …</translation>
        </message>
        <message>
            <source>No server is saved.</source>
            <translation>Es ist kein Server gespeichert.</translation>
        </message>
        <message>
            <source>On the list they stay, and go on when this server is added again.</source>
            <translation>Sie bleiben auf der Liste und gehen weiter, wenn dieser Server wieder hinzugefügt wird.</translation>
        </message>
        <message>
            <source>Re&amp;move</source>
            <translation>&amp;Entfernen</translation>
        </message>
        <message>
            <source>Re&amp;move all the same</source>
            <translation>Trotzdem &amp;entfernen</translation>
        </message>
        <message>
            <source>Saved servers</source>
            <translation>Gespeicherte Server</translation>
        </message>
        <message>
            <source>What removing means</source>
            <translation>Was Entfernen bedeutet</translation>
        </message>
    </context>
    <context>
        <name>SharingCard</name>
        <message>
            <source>&amp;Address</source>
            <translation>A&amp;dresse</translation>
        </message>
        <message>
            <source>&amp;Copied</source>
            <translation>&amp;Kopiert</translation>
        </message>
        <message>
            <source>&amp;Copy link</source>
            <translation>Link &amp;kopieren</translation>
        </message>
        <message>
            <source>&amp;New link…</source>
            <translation>&amp;Neuer Link …</translation>
        </message>
        <message>
            <source>&amp;Port</source>
            <translation>&amp;Port</translation>
        </message>
        <message>
            <source>Address</source>
            <translation>Adresse</translation>
        </message>
        <message>
            <source>Fingerprint</source>
            <translation>Fingerabdruck</translation>
        </message>
        <message>
            <source>Let &amp;others send to this computer</source>
            <translation>&amp;Andere an diesen Computer senden lassen</translation>
        </message>
        <message>
            <source>Making the link…</source>
            <translation>Der Link wird gemacht …</translation>
        </message>
        <message>
            <source>Others</source>
            <translation>Andere</translation>
        </message>
        <message>
            <source>QR code of the link</source>
            <translation>QR-Code des Links</translation>
        </message>
        <message>
            <source>The link could not be made: {reason}</source>
            <translation>Der Link konnte nicht gemacht werden: {reason}</translation>
        </message>
        <message>
            <source>This computer is in no network that others could reach it by.</source>
            <translation>Dieser Computer ist in keinem Netz, über das andere ihn erreichen könnten.</translation>
        </message>
        <message>
            <source>Turn this on to get a link. Whoever has the link can send files here, from Wherry on another computer of your network; nobody can read along or fetch files.</source>
            <translation>Schalten Sie das ein, um einen Link zu bekommen. Wer den Link hat, kann von Wherry auf einem anderen Computer Ihres Netzes Dateien hierher senden; niemand kann mitlesen oder Dateien abholen.</translation>
        </message>
        <message>
            <source>Whoever has this link can send files here: paste it into Wherry under “Add a server”, or scan the code. It stays the same until you ask for a new one.</source>
            <translation>Wer diesen Link hat, kann Dateien hierher senden: in Wherry unter „Server hinzufügen“ einfügen oder den Code scannen. Er bleibt gleich, bis Sie einen neuen verlangen.</translation>
        </message>
    </context>
    <context>
        <name>SummaryBar</name>
        <message>
            <source>, </source>
            <translation>, </translation>
        </message>
        <message>
            <source>All files</source>
            <translation>Alle Dateien</translation>
        </message>
        <message>
            <source>Summary</source>
            <translation>Zusammenfassung</translation>
        </message>
        <message numerus="yes">
            <source>{stored} of %Ln files</source>
            <translation>
                <numerusform>{stored} von %Ln Datei</numerusform>
                <numerusform>{stored} von %Ln Dateien</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{stored} of %Ln files to {server}</source>
            <translation>
                <numerusform>{stored} von %Ln Datei an {server}</numerusform>
                <numerusform>{stored} von %Ln Dateien an {server}</numerusform>
            </translation>
        </message>
        <message>
            <source>{summary}, more are being added</source>
            <translation>{summary}, weitere kommen hinzu</translation>
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
            <translation>Weiter&amp;machen</translation>
        </message>
        <message>
            <source>&amp;Open Wherry</source>
            <translation>Wherry ö&amp;ffnen</translation>
        </message>
        <message>
            <source>&amp;Pause all</source>
            <translation>Alle a&amp;nhalten</translation>
        </message>
        <message>
            <source>&amp;Quit</source>
            <translation>&amp;Beenden</translation>
        </message>
    </context>
    <context>
        <name>TroubleNotice</name>
        <message>
            <source>Receiver</source>
            <translation>Empfänger</translation>
        </message>
        <message>
            <source>Use port {port}</source>
            <translation>Port {port} benutzen</translation>
        </message>
    </context>
    <context>
        <name>WaitingLine</name>
        <message numerus="yes">
            <source>%Ln files wait for {name}</source>
            <translation>
                <numerusform>%Ln Datei wartet auf {name}</numerusform>
                <numerusform>%Ln Dateien warten auf {name}</numerusform>
            </translation>
        </message>
        <message>
            <source>, </source>
            <translation>, </translation>
        </message>
        <message>
            <source>Add {name} again…</source>
            <translation>{name} wieder hinzufügen …</translation>
        </message>
        <message>
            <source>Send there</source>
            <translation>Dorthin senden</translation>
        </message>
        <message>
            <source>Send to {name}</source>
            <translation>An {name} senden</translation>
        </message>
    </context>
    <context>
        <name>Words</name>
        <message>
            <source>by link</source>
            <translation>per Link</translation>
        </message>
        <message>
            <source>this computer</source>
            <translation>dieser Computer</translation>
        </message>
        <message>
            <source>unknown</source>
            <translation>unbekannt</translation>
        </message>
        <message>
            <source>{days} d {hours} h</source>
            <translation>{days} T. {hours} Std.</translation>
        </message>
        <message>
            <source>{folder} in your home folder</source>
            <translation>{folder} in Ihrem persönlichen Ordner</translation>
        </message>
        <message>
            <source>{hours} h {minutes} min</source>
            <translation>{hours} Std. {minutes} Min.</translation>
        </message>
        <message>
            <source>{minutes} min {s} s</source>
            <translation>{minutes} Min. {s} s</translation>
        </message>
        <message>
            <source>{n} %</source>
            <translation>{n} %</translation>
        </message>
        <message>
            <source>{part} of {whole}</source>
            <translation>{part} von {whole}</translation>
        </message>
        <message>
            <source>{size}/s</source>
            <translation>{size}/s</translation>
        </message>
        <message>
            <source>{s} s</source>
            <translation>{s} s</translation>
        </message>
        <message>
            <source>{time} ago</source>
            <translation>vor {time}</translation>
        </message>
        <message>
            <source>{time} left</source>
            <translation>noch {time}</translation>
        </message>
    </context>
    <context>
        <name>_Row</name>
        <message>
            <source>Arrived of {name}</source>
            <translation>Angekommen von {name}</translation>
        </message>
        <message>
            <source>Storing</source>
            <translation>Wird gespeichert</translation>
        </message>
        <message>
            <source>waits for its sender</source>
            <translation>wartet auf den Sender</translation>
        </message>
    </context>
</TS>
