<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
    <context>
        <name>AboutDialog</name>
        <message>
            <source>About Wherry</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Files of any size through very little memory. Free software under the MIT licence. Its log is {log}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Wherry {version}</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>AddServerDialog</name>
        <message>
            <source>&amp;Cancel</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Key</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Link or address</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Name in this window</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Save all the same</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Save and send there</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Add a server</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>An address begins with https:// or http://, a link with wherry://.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>C&amp;lose</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Copy it once more, from its beginning to its end.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Files go there until the window is closed. After that, add it once more.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Looking…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Paste the link that you got from whoever runs the receiver.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Saved, but its key could not be kept.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Saved. Files go there from now on.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Saving…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The line to it is not encrypted: use it in networks that you trust.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The link is not complete.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The server could not be saved.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This computer has no keyring for passwords, or it did not open. So the key is kept in a file that only you can read.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This is no address yet.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What was found</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{name}, {size} free</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>ArrivingCard</name>
        <message>
            <source>Arriving now</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Nobody is sending to this computer.</source>
            <translation type="unfinished" />
        </message>
        <message numerus="yes">
            <source>and %Ln more</source>
            <translation type="unfinished">
                <numerusform />
                <numerusform />
                <numerusform />
                <numerusform />
                <numerusform />
                <numerusform />
            </translation>
        </message>
    </context>
    <context>
        <name>CancelQuestion</name>
        <message>
            <source>&amp;Keep uploading</source>
            <translation type="unfinished" />
        </message>
        <message numerus="yes">
            <source>Cancel %Ln uploads that have begun?</source>
            <translation type="unfinished">
                <numerusform />
                <numerusform />
                <numerusform />
                <numerusform />
                <numerusform />
                <numerusform />
            </translation>
        </message>
        <message>
            <source>Cancel the &amp;upload</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Cancel the &amp;uploads</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Cancel the upload of {name}?</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>their servers</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{size} of it is already on {where}, and is dropped there. The file on this computer stays.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{size} of them is already on {where}, and is dropped there. The files on this computer stay.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>ChartMenu</name>
        <message>
            <source>&amp;Copy the picture</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>1 min</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>10 min</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>60 min</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Save as &amp;picture…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Save as &amp;table…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Save the chart as a picture</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Save the chart as a table</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Show {time}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The chart could not be saved as {file}: {reason}. Choose another folder.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Time shown, and saving</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{chart}: time shown, and saving</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>ClosingDialog</name>
        <message numerus="yes">
            <source>%Ln files are still to be sent.</source>
            <translation type="unfinished">
                <numerusform />
                <numerusform />
                <numerusform />
                <numerusform />
                <numerusform />
                <numerusform />
            </translation>
        </message>
        <message>
            <source>&amp;Cancel</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Close</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Do this from now on, without asking</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Keep receiving in the background</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Keep uploading in the background</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Stop, go on next time</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Nothing is lost either way: what has been stored stays, and the rest goes on from there as soon as Wherry is open again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Others may send to this computer.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Somebody is sending to this computer.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>While Wherry is closed nobody can send here.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>ConnectionState</name>
        <message>
            <source>Connected</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Connecting…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Not reachable, trying again in {time}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Not reachable, trying again now</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Ready. Files are stored in {folder}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Starting…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The keyring with its key did not open. Choose the server again to retry</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The receiver has stopped. It is being started again…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Turned off: nothing is stored on this computer until you turn it on again</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>CrashDialog</name>
        <message numerus="yes">
            <source>%Ln mistakes so far; the first one:</source>
            <translation type="unfinished">
                <numerusform />
                <numerusform />
                <numerusform />
                <numerusform />
                <numerusform />
                <numerusform />
            </translation>
        </message>
        <message>
            <source>Wherry has made a mistake.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Your list is kept, and what is stored stays stored. If something no longer moves, close Wherry and open it again. Please send the text below, or the log in {log}, to whoever helps you: neither holds keys nor contents of files.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>DestinationBar</name>
        <message>
            <source>Connection</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>Destinations</name>
        <message>
            <source>This computer</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>this computer</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>DetailsDialog</name>
        <message>
            <source>&amp;Copied</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Copy</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>C&amp;lose</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Details</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Details to copy</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>DropStrip</name>
        <message>
            <source>Drop more files or folders anywhere in this window</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>EmptyPage</name>
        <message>
            <source>Drop files of any size here</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Or press Ctrl+V to paste copied files</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>Header</name>
        <message>
            <source>More</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Show the page Receive</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Show the page Send</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>Legend</name>
        <message>
            <source>{name}: {value}</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>LivePanel</name>
        <message>
            <source>Age of these numbers</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Budget for uploads</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>CPU of the server</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>CPU {share}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Disk of the server</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Disk of the server in use</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Everything else</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Free</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Live</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Machine</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Memory of the machine over time</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Memory of the receiver over time</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Memory of the server</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Memory of the server in use</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Memory shown</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No uploads running</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Numbers of the server: {age}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Page cache</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Promised</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Receiver</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Sent</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Stored</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Stored each second</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The server's numbers</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This list needs</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This receiver</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Throughput</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Throughput over time</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Time shown</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Uploads that the server is taking</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Uploads: {mine} yours, {others} others’</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Used</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>at most {size}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>no numbers yet</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>now</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{size} free</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{size} in all</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{size} too little</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{used} used by the receiver</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>MainWindow</name>
        <message numerus="yes">
            <source>%Ln uploads are arriving</source>
            <translation type="unfinished">
                <numerusform />
                <numerusform />
                <numerusform />
                <numerusform />
                <numerusform />
                <numerusform />
            </translation>
        </message>
        <message>
            <source>Add a folder</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Add files</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Folder for received files</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Let go to add this server</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Let go to send to {name}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>They are sent to {name}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>They are stored in {folder}.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>Messages</name>
        <message>
            <source>Add the file or folder that is meant itself.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Already stored</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Already stored as {stored_name}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Ask whoever runs the receiver for a key, enter it, and try again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Ask whoever runs the receiver for a new link, and send by that one.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Ask whoever runs the receiver for a valid key, enter it, and try again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Ask whoever runs the receiver to allow larger files, or send it elsewhere.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Cancelled</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Change its permissions, or ask its owner, then add it again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Check that disk on this computer, then try again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Check that this computer is on the network and that the receiver is running.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Check the address, and whether this network asks you to sign in first.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Check the key of this server meanwhile.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Checking space</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Delete something there, or take files off the list.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Devices, pipes and links to folders inside a folder are not sent.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Failed</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Goes on at {percent} %</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Have the disk of that machine looked at, then try again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Held up on the way to {where}, trying again in {retry}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Held up on the way to {where}, trying again now</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>If it lasts, close other programs on that machine.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>If it lasts, show the details to whoever runs the server or the network.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>It has {needed}, and at most {limit} is taken there. It is not sent.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>It is not sent.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>It is tried again in smaller parts; what is stored stays.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>It listens again after a while; the file waits.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>It tries again in {retry}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>It tries again now.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>It was away for too long, or was removed there. All of it is sent anew.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>It was moved, renamed or deleted, and is not sent.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Not a Wherry receiver, trying again in {retry}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Not a Wherry receiver, trying again now</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Not enough space on {where}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Nothing is sent until the receiver itself answers again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Nothing was sent: somebody may be listening in between, or the server was set up anew.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Parts of different versions are never mixed, so it is not stored.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Paused</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Paused at {percent} %</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Put it back and try again, or add it from where it is now.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Something answers in place of {where}, but not a Wherry receiver.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Something between this computer and {where} does not let the file by.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Stored</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Stored as {stored_name}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The disk or network folder it lies on gave an error. It is not sent.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The file cannot be read.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The file goes on by itself when there is room.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The file has changed and is sent anew</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The file is larger than {where} takes.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The file is no longer there.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The file is not sent without one.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The file is not sent; what was stored of it before is kept for a while.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The file is not stored.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The file is not stored; what was accepted is kept.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The file keeps changing while it is being sent.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The file waits and goes on by itself; what is stored stays.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The file was damaged on its way and is sent anew</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The file was damaged on its way to {where}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There is nothing to do but wait.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There is nothing to do.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This file needs {needed}; {free} is free there, and {promised} of that is promised to other uploads. It goes on by itself when there is room.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This file needs {needed}; {free} is free there. It goes on by itself when there is room.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This is neither a file nor a folder.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Try again. If it fails again, report it with the details.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Try again. If it happens again, check disk and memory of both machines.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Uploading</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Uploading, went on at {resumed} %</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Verifying</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Wait until the program that writes it is done, then try again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Waiting for space on {where}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Waiting for space on {where}: {missing} more is needed</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Waiting for the network, trying again in {retry}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Waiting for the network, trying again now</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Waiting its turn</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Waiting its turn, goes on at {percent} %</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Waits at {percent} % until you choose {server} again</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Waits until you choose {server} again</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What has been stored there stays; the file goes on from there by itself.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What lies there is not this file, and does not count as stored.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Wherry has made a mistake.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>You are not allowed to read this file.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the server</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{where} asks for a key.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{where} cannot be reached.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{where} could not write the file to its disk.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{where} could not write, trying again in {retry}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{where} could not write, trying again now</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{where} does not accept the key.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{where} does not prove that it is {where}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{where} had too many wrong keys, trying again in {retry}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{where} had too many wrong keys, trying again now</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{where} is busy with other uploads.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{where} is busy, trying again in {retry}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{where} is busy, trying again now</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{where} is short of memory, trying again in {retry}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{where} is short of memory, trying again now</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{where} is short of memory.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{where} no longer has the beginning of the file.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{where} no longer has the beginning; all is sent anew</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{where} was given a wrong key too often from this computer.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>Notice</name>
        <message>
            <source>Dismiss</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Dismiss this notice</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>Notifications</name>
        <message numerus="yes">
            <source>%Ln files are stored on {server}.</source>
            <translation type="unfinished">
                <numerusform />
                <numerusform />
                <numerusform />
                <numerusform />
                <numerusform />
                <numerusform />
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln files could not be sent</source>
            <translation type="unfinished">
                <numerusform />
                <numerusform />
                <numerusform />
                <numerusform />
                <numerusform />
                <numerusform />
            </translation>
        </message>
        <message>
            <source>Everything is stored</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Open</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Open Wherry to see why, and what to do.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>PageActions</name>
        <message>
            <source>&amp;Go on</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Pause all</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Try failed again</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Add &amp;files…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Add fol&amp;der…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>C&amp;hange folder…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Clear fini&amp;shed</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>D&amp;etails…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Deta&amp;ils…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Open folde&amp;r</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Paste</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>PageTabs</name>
        <message>
            <source>Pages</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Receive</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Send</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>ProblemText</name>
        <message numerus="yes">
            <source>%Ln things could not be added to the list</source>
            <translation type="unfinished">
                <numerusform />
                <numerusform />
                <numerusform />
                <numerusform />
                <numerusform />
                <numerusform />
            </translation>
        </message>
        <message>
            <source>Code</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Details</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>File</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Route</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Size</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>State</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Stored</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Time</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Where</source>
            <translation type="unfinished" />
        </message>
        <message numerus="yes">
            <source>and %Ln more</source>
            <translation type="unfinished">
                <numerusform />
                <numerusform />
                <numerusform />
                <numerusform />
                <numerusform />
                <numerusform />
            </translation>
        </message>
        <message>
            <source>{count} bytes</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{name}: this is no file of this computer.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>Program</name>
        <message>
            <source>Wherry is already open. Add your files and choose the server in the window that is there: two windows would send the same list twice.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>this computer</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>ProgramMenu</name>
        <message>
            <source>&amp;About Wherry</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Ask again before closing</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Quit</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>Question</name>
        <message>
            <source>&amp;Cancel</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>Questions</name>
        <message>
            <source>&amp;Make a new link</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Make a new link?</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Whoever has the link you gave out so far cannot send to this computer any more, until you give them the new one. What they have sent stays.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>QueueModel</name>
        <message>
            <source>File</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Stored as {name}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{name}, {state}, {share} stored</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>QueueView</name>
        <message>
            <source>Files in the list</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>ReceiptDialog</name>
        <message numerus="yes">
            <source>%Ln bytes</source>
            <translation type="unfinished">
                <numerusform />
                <numerusform />
                <numerusform />
                <numerusform />
                <numerusform />
                <numerusform />
            </translation>
        </message>
        <message>
            <source>&amp;Copied</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Copy</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Save…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Begun</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>C&amp;lose</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Name</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>On average</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Receipt</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Receipt to copy</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Save the receipt</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Saved as {place}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Sent by</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Size</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Stored</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Stored as</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Stored whole. The second checksum is still being computed.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Text (*.txt)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The file was checked while it came, and stored whole.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The receipt could not be saved there: {reason}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>receipt</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{count} bytes</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>ReceivedCard</name>
        <message>
            <source>&amp;Open</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Show in folder</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Nothing has been received yet.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Rece&amp;ipt…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Received lately</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>ReceivedModel</name>
        <message>
            <source>From</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Name</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Size</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Stored</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>ReceiverCard</name>
        <message>
            <source>&amp;Receive files on this computer</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>C&amp;hange folder…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Disk of this computer in use</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Free space</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>How the receiver stands</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Open folde&amp;r</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Receiver on this computer</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{size} free</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>ReceiverWords</name>
        <message>
            <source>Another program is using this port. Choose another one on the page Receive, for example {free}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Another receiver is already using this folder. Close the other one, or choose another folder.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Files cannot be stored in {folder}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>It is not a folder. Choose another one.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>It is tried again and again. Choosing another folder may help; if it does not, give the text under Details to whoever helps you.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Others cannot reach this computer on port {port}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The disk is full. Make room there, or choose a folder on another disk.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The receiver on this computer does not start.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This computer keeps this port for itself. Choose one above 1023 on the page Receive.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Wherry is not allowed to write there. Choose another folder, or ask whoever looks after this computer for permission.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Your list is kept, and goes on as soon as this is solved.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>Receiving</name>
        <message>
            <source>{name} is no longer there: it was moved, renamed or deleted.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>RowDelegate</name>
        <message>
            <source>in memory</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>streamed</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{state} · {route}</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>RowMenu</name>
        <message>
            <source>&amp;Cancel</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Details…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Go on</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Pause</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Remove from the list</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Show the file</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Try again</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Del</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Enter</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>R&amp;eceipt…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Send &amp;first</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Send &amp;last</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Space</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>RowRequests</name>
        <message>
            <source>The file is stored; only its receipt cannot be shown now.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{where} has no receipt of this file</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>SendPage</name>
        <message>
            <source>List</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Not added</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Receiver</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>ServerPicker</name>
        <message>
            <source>&amp;Add a server…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Rename or remove servers…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Choose where files go</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Choose where files go ({keys})</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Opens a list of servers</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Send to: {name}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>To: {name}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Where to send</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>ServersDialog</name>
        <message numerus="yes">
            <source>%Ln files wait for it.</source>
            <translation type="unfinished">
                <numerusform />
                <numerusform />
                <numerusform />
                <numerusform />
                <numerusform />
                <numerusform />
            </translation>
        </message>
        <message>
            <source>&amp;Rename</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>C&amp;lose</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No server is saved.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>On the list they stay, and go on when this server is added again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Re&amp;move</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Re&amp;move all the same</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Saved servers</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What removing means</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>SharingCard</name>
        <message>
            <source>&amp;Address</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Copied</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Copy link</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;New link…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Port</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Address</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Fingerprint</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Let &amp;others send to this computer</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Making the link…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Others</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>QR code of the link</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The link could not be made: {reason}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This computer is in no network that others could reach it by.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Turn this on to get a link. Whoever has the link can send files here, from Wherry on another computer of your network; nobody can read along or fetch files.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Whoever has this link can send files here: paste it into Wherry under “Add a server”, or scan the code. It stays the same until you ask for a new one.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>SummaryBar</name>
        <message>
            <source>, </source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>All files</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Summary</source>
            <translation type="unfinished" />
        </message>
        <message numerus="yes">
            <source>{stored} of %Ln files</source>
            <translation type="unfinished">
                <numerusform />
                <numerusform />
                <numerusform />
                <numerusform />
                <numerusform />
                <numerusform />
            </translation>
        </message>
        <message numerus="yes">
            <source>{stored} of %Ln files to {server}</source>
            <translation type="unfinished">
                <numerusform />
                <numerusform />
                <numerusform />
                <numerusform />
                <numerusform />
                <numerusform />
            </translation>
        </message>
    </context>
    <context>
        <name>Text</name>
        <message>
            <source>{label}: {text}</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>Tray</name>
        <message>
            <source>&amp;Go on</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Open Wherry</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Pause all</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Quit</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>WaitingLine</name>
        <message numerus="yes">
            <source>%Ln files wait for {name}</source>
            <translation type="unfinished">
                <numerusform />
                <numerusform />
                <numerusform />
                <numerusform />
                <numerusform />
                <numerusform />
            </translation>
        </message>
        <message>
            <source>, </source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Add {name} again…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Send there</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Send to {name}</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>Words</name>
        <message>
            <source>by link</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>this computer</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>unknown</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{days} d {hours} h</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{folder} in your home folder</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{hours} h {minutes} min</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{minutes} min {s} s</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{n} %</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{part} of {whole}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{size}/s</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{s} s</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{time} ago</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{time} left</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>_Row</name>
        <message>
            <source>Arrived of {name}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Storing</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>waits for its sender</source>
            <translation type="unfinished" />
        </message>
    </context>
</TS>
